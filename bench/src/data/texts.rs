//! What an offer says: sentences put together from enough words that compression gains what it gains on real ones.

use domain::rome::RomeCode;
use fastrand::Rng;

/// The texts of an offer.
pub(super) struct Texts {
    pub(super) title: String,
    pub(super) appellation: String,
    pub(super) description: String,
    pub(super) company: String,
}

/// Sentences of a description; with those of the frame, a card of 1,450 bytes.
const SENTENCES: std::ops::Range<usize> = 7..14;

const WORKERS: &str = "Cuisinier|Soudeuse|Comptable|Vendeur|Maçonne|Électricien|Jardinière|Logisticien|Coiffeuse|Technicien|Boulangère|Carrossier|Secrétaire|Couvreur|Pâtissière|Mécanicien|Assistante|Plombier|Chaudronnière|Menuisier|Conseillère|Préparateur|Fleuriste|Opérateur|Dessinatrice|Magasinier|Serveuse|Chargé|Infographiste|Monteur|Esthéticienne|Conducteur";
const FIELDS: &str = "de chantier|en hôtellerie|d'atelier|de secteur|en grande surface|polyvalent|de maintenance|en restauration collective|de clientèle|des ventes|de production|en bureau d'études|export|de nuit|itinérant|en laboratoire|réseaux et télécoms|frigoriste|de quai|en officine|paysagiste|poids lourd|bilingue|d'exploitation";
const KINDS: &str = "Ateliers|Maison|Établissements|Comptoir|Garage|Domaine|Cabinet|Groupe|Fonderie|Imprimerie|Transports|Pépinières|Constructions|Laboratoire|Société|Compagnie";
const NAMES: &str = "Imaginaire|Fictive|des Exemples|Invention|Chimère|Utopie|Mirage|de Nulle Part|Fantaisie|Songe|Fable|Lubie|Légende|Conte|Rêverie|Parabole|Énigme|Boussole|Lanterne|Horizon";
const VERBS: &str = "préparer|contrôler|organiser|rédiger|assembler|vérifier|planifier|nettoyer|suivre|réparer|présenter|classer|conditionner|étiqueter|ajuster|diagnostiquer|commander|encaisser|relancer|inventorier|découper|tracer|poser|raccorder|programmer|mesurer|arroser|tailler|dresser|réceptionner|expédier|négocier";
const OBJECTS: &str = "les commandes|les plans d'exécution|les dossiers des adhérents|les marchandises fragiles|les machines à commande numérique|les devis|les factures fournisseurs|les pièces usinées|les vitrines|les stocks du dépôt|les échantillons|les menus du jour|les câblages|les massifs fleuris|les tableaux de bord|les rendez-vous|les véhicules de courtoisie|les palettes|les gabarits|les états des lieux|les relevés topographiques|les moteurs|les cloisons sèches|les paies|les supports imprimés|les réclamations|les pâtes et les garnitures|les cuves|les conduites|les charpentes|les tournées|les textes réglementaires";
const WAYS: &str = "avec l'aide de votre tuteur|en binôme|dans le respect des consignes de sécurité|selon les priorités du jour|sous la responsabilité du chef d'équipe|en autonomie progressive|avec les outils informatiques maison|au contact du public|sur différents sites|en lien avec le bureau|dès la deuxième année|après une période d'observation|avant l'ouverture|à partir des fiches techniques|sans port de charges lourdes|par roulement un samedi sur trois";
const ADVANTAGES: &str = "tickets restaurant|mutuelle familiale|indemnité kilométrique|prime de fin d'année|logement possible|formation aux gestes de secours|deux jours de télétravail|vêtements fournis|remboursement du permis|horaires aménagés pour les examens|cantine sur place|salle de sport|parking|participation aux bénéfices|treizième mois|congés supplémentaires avant les épreuves";
const QUALITIES: &str = "minutie|curiosité|ponctualité|aisance à l'oral|sens du contact|rigueur|goût du travail manuel|calme|esprit d'initiative|endurance|créativité|discrétion|sens de l'observation|habileté|patience|bonne humeur";

/// The texts of an offer of these trades in this city.
pub(super) fn texts(romes: &[RomeCode], city: &str, rng: &mut Rng) -> Texts {
    let own = romes.first().map_or("", RomeCode::as_str);
    let worker = pick(WORKERS, rng);
    let field = pick(FIELDS, rng);
    let company = format!("{} {} {}", pick(KINDS, rng), pick(NAMES, rng), rng.u32(2..9_999));
    let mut description = format!(
        "{company}, {} salariés à {city}, cherche pour {} une personne en alternance ({own}).",
        rng.u32(2..900),
        pick("la rentrée|le mois prochain|l'automne|janvier|le printemps|une entrée immédiate", rng),
    );
    for _ in 0..rng.usize(SENTENCES) {
        description.push(' ');
        description.push_str(&sentence(rng));
    }
    Texts {
        title: format!("{worker} {field} en alternance (H/F)"),
        appellation: format!("{worker} {field}"),
        description,
        company,
    }
}

fn sentence(rng: &mut Rng) -> String {
    let (verb, object, way) = (pick(VERBS, rng), pick(OBJECTS, rng), pick(WAYS, rng));
    match rng.u8(0..5) {
        0 => format!("Vous apprendrez à {verb} {object}, {way}."),
        1 => format!("Il s'agit de {verb} {object} et de {} {}.", pick(VERBS, rng), pick(OBJECTS, rng)),
        2 => format!("Nous offrons : {}, {}.", pick(ADVANTAGES, rng), pick(ADVANTAGES, rng)),
        3 => format!("On vous demande {} et {}, {way}.", pick(QUALITIES, rng), pick(QUALITIES, rng)),
        _ => format!("{} % du temps : {verb} {object} {way}.", rng.u32(1..20) * 5),
    }
}

fn pick<'a>(words: &'a str, rng: &mut Rng) -> &'a str {
    let count = words.bytes().filter(|&byte| byte == b'|').count() + 1;
    words.split('|').nth(rng.usize(0..count)).unwrap_or_default()
}
