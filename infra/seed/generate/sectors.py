"""What a NAF division tells of a company: its OPCO, its collective agreement, how it is usually named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Opco:
    """A skills operator: the short name of the `opco` parameter, the stored label, the site."""

    short: str
    label: str
    url: str


OPCOS = {
    opco.short: opco
    for opco in (
        Opco("AFDAS", "AFDAS", "https://www.afdas.com"),
        Opco(
            "AKTO",
            "AKTO / Opco entreprises et salariés des services à forte intensité de main d'oeuvre",
            "https://www.akto.fr",
        ),
        Opco("ATLAS", "ATLAS", "https://www.opco-atlas.fr"),
        Opco("CONSTRUCTYS", "Constructys", "https://www.constructys.fr"),
        Opco("OPCOMMERCE", "L'Opcommerce", "https://www.lopcommerce.com"),
        Opco("OCAPIAT", "OCAPIAT", "https://www.ocapiat.fr"),
        Opco("OPCO2I", "OPCO 2i", "https://www.opco2i.fr"),
        Opco("EP", "Opco entreprises de proximité", "https://www.opcoep.fr"),
        Opco("MOBILITE", "Opco Mobilités", "https://www.opcomobilites.fr"),
        Opco("SANTE", "Opco Santé", "https://www.opco-sante.fr"),
        Opco("UNIFORMATION", "Uniformation, l'Opco de la Cohésion sociale", "https://www.uniformation.fr"),
    )
}
# The longest prefix wins; a sector without one is of OPCO 2i when it is industry, else EP.
OPCO_OF = {
    "01": "OCAPIAT", "02": "OCAPIAT", "03": "OCAPIAT", "10": "OCAPIAT", "11": "OCAPIAT", "1071": "EP", "1013B": "EP",
    "41": "CONSTRUCTYS", "42": "CONSTRUCTYS", "43": "CONSTRUCTYS", "45": "MOBILITE", "46": "OPCOMMERCE",
    "47": "OPCOMMERCE", "4722": "EP", "4724": "EP", "4773": "EP", "49": "MOBILITE", "50": "MOBILITE", "51": "MOBILITE",
    "52": "MOBILITE", "53": "MOBILITE", "55": "AKTO", "56": "AKTO", "58": "AFDAS", "59": "AFDAS", "60": "AFDAS",
    "61": "AFDAS", "62": "ATLAS", "63": "ATLAS", "64": "ATLAS", "65": "ATLAS", "66": "ATLAS", "69": "EP",
    "6920": "ATLAS", "70": "ATLAS", "71": "ATLAS", "72": "ATLAS", "73": "AFDAS", "78": "AKTO", "79": "MOBILITE",
    "80": "AKTO", "81": "AKTO", "82": "AKTO", "84": "UNIFORMATION", "85": "AKTO", "86": "SANTE", "8621": "EP",
    "8623": "EP", "87": "SANTE", "88": "UNIFORMATION", "90": "AFDAS", "91": "UNIFORMATION", "93": "AFDAS",
    "94": "UNIFORMATION",
}
IDCC_OF = {
    "1071": "843", "4724": "843", "1013": "953", "4722": "992", "41": "1597", "42": "1702", "43": "1596", "45": "1090",
    "4711": "2216", "49": "16", "52": "16", "55": "1979", "56": "1979", "5610C": "1501", "62": "1486", "69": "787",
    "70": "1486", "71": "1486", "80": "1351", "81": "3043", "86": "2264", "88": "2941", "9602": "2596",
}
# First words of a company's name.
FIRST_WORDS = {
    "01": "Ferme|Domaine|Les Vergers|EARL", "10": "Les Saveurs|Conserverie|La Fabrique",
    "1071": "Boulangerie|Fournil|Maison", "4724": "Boulangerie|Le Pain|Fournil", "1013": "Charcuterie|Maison",
    "4722": "Boucherie|Maison", "41": "Constructions|Bâti", "43": "Entreprise|Atelier|Artisans", "45": "Garage|Auto",
    "46": "Comptoir|Distribution|Grossiste", "47": "Boutique|Magasin|Comptoir", "4711": "Marché|Supermarché|Épicerie",
    "49": "Transports|Convoyage", "52": "Logistique|Entrepôts", "53": "Messageries|Colis", "55": "Hôtel|Auberge",
    "56": "Restaurant|Brasserie|La Table|Bistrot", "5610C": "Snack|Comptoir",
    "62": "Studio|Logiciels|Atelier Numérique", "68": "Immobilière|Agence", "69": "Cabinet|Étude",
    "70": "Conseil|Groupe", "71": "Bureau d'Études|Ingénierie", "73": "Agence|Studio", "80": "Sécurité|Gardiennage",
    "81": "Propreté|Jardins|Services", "82": "Bureau|Centre d'Affaires", "84": "Syndicat Mixte|Régie",
    "85": "École|Institut", "86": "Clinique|Centre de Soins|Cabinet", "87": "Résidence|Foyer",
    "88": "Association|Aide à Domicile", "90": "Compagnie|Atelier", "93": "Club|Association Sportive",
    "94": "Association|Fédération", "9602A": "Salon|Coiffure", "9602B": "Institut|Beauté",
    "25": "Métallerie|Ateliers", "31": "Ébénisterie|Meubles",
}


def by_prefix(table: dict[str, str], naf: str) -> str | None:
    """The table's value for the longest prefix of the code."""
    return next((table[naf[:length]] for length in range(5, 1, -1) if naf[:length] in table), None)


def opco_of(naf: str) -> Opco:
    """The skills operator of a sector."""
    return OPCOS[by_prefix(OPCO_OF, naf) or ("OPCO2I" if naf[:2] < "40" else "EP")]


def idcc_of(naf: str) -> str | None:
    """The number of the sector's collective agreement, where we give one."""
    return by_prefix(IDCC_OF, naf)


def first_words(naf: str) -> list[str]:
    """How a company of that sector may begin its name."""
    return (by_prefix(FIRST_WORDS, naf) or "Établissements|Société|Ateliers|Manufacture").split("|")
