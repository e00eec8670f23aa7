"""What one needs to try a deposit: a company of the register, and the code of the name of a trade."""

import json
import urllib.parse
import urllib.request

from settings import Instance, LocalError

# Bakers. The first establishment of the register is a bakery.
TRADE = ("boulanger", "D1102")


def variables(instance: Instance, values: dict[str, str]) -> dict[str, str]:
    """The two, as the `env` file has them. Asked after the seed, since it takes a partner's key."""
    with (instance.seed_files / "registry.jsonl").open(encoding="utf-8") as file:
        siret = json.loads(file.readline())["siret"]
    return {"DEMO_SIRET": siret, "DEMO_APPELLATION": _appellation(values)}


def _appellation(values: dict[str, str]) -> str:
    """From the API itself: the codes are the operator's where he gave a table of them."""
    name, rome = TRADE
    url = f"{values['API_URL']}/v1/metiers/intitule?{urllib.parse.urlencode({'label': name})}"
    request = urllib.request.Request(url, headers={"x-api-key": values["API_KEY"]})
    with urllib.request.urlopen(request, timeout=30) as answer:
        found = json.load(answer)
    for match in found["coupleAppellationRomeMetier"]:
        if match["codeRome"] == rome:
            return match["appellation_code"]
    raise LocalError(f"{url} names no trade {rome} with a code")
