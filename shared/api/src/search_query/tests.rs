mod beyond;
mod trainings;

use serde_json::Value;

use super::*;

/// A request with the query string `text`, whose values hold nothing to decode.
fn asked(text: &str) -> Request {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let query = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    Request {
        query: query.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        ..Request::default()
    }
}

const NOW: &str = "2026-11-24T12:00:00Z";

fn read(text: &str, route: Route) -> Result<SearchQuery, ApiError> {
    SearchQuery::parse(&asked(text), route, NOW.parse().unwrap())
}

fn parse(text: &str) -> SearchQuery {
    read(text, Route::Jobs).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn messages(text: &str) -> Vec<String> {
    messages_of(text, Route::Jobs)
}

fn messages_of(text: &str, route: Route) -> Vec<String> {
    match read(text, route) {
        Err(ApiError::WrongParameters(messages)) => messages,
        other => panic!("{text}: {other:?}"),
    }
}

const BOTH: &str = "romes or rncp : You must specify either a rncp code or 1 or more rome codes.";
const NONE: &str = "romes or rncp : You must specify at least 1 rome code or a rncp code.";
const MANY: &str = "romes : Too many rome codes. Maximum is 20.";
const ROME: &str =
    "romes : Badly formatted rome codes. Rome code must be one letter followed by 4 digit number. ex : A1234";
const RNCP: &str = "rncp : Badly formatted rncp code. RNCP code must 'RNCP' followed by 2 to 5 digit number. ex : RNCP12, RNCP12345 ...";
const LAT_MISSING: &str = "latitude : Search center latitude is missing.";
const LAT: &str = "latitude : Search center latitude must be a number between -90 and 90.";
const LON_MISSING: &str = "longitude : Search center longitude is missing.";
const LON: &str = "longitude : Search center longitude must be a number between -180 and 180.";
const RADIUS_MISSING: &str = "radius : Search radius is missing.";
const RADIUS: &str = "radius : Search radius must be a number between 0 and 200.";
const INSEE_MISSING: &str = "insee : insee city code is missing.";
const INSEE: &str = "insee : Badly formatted insee city code. Must be 5 digit number.";
const SOURCES: &str = "sources : Optional sources argument used with wrong value. Should contains comma separated values among 'lbb', 'lba', 'offres', 'matcha'.";
const DIPLOMA: &str = "diploma : Optional diploma argument used with wrong value";

#[test]
fn gives_every_message_of_the_contract() {
    let twenty_one = ["A1101"; 21].join(",");
    let cases: Vec<(String, Vec<&str>)> = vec![
        (String::new(), vec![NONE]),
        ("romes=&rncp=".to_owned(), vec![NONE]),
        ("romes=A1101&rncp=RNCP123".to_owned(), vec![BOTH]),
        ("romes=A110&rncp=123".to_owned(), vec![BOTH, ROME, RNCP]),
        (format!("romes={twenty_one}"), vec![MANY]),
        (format!("romes={twenty_one},x"), vec![MANY, ROME]),
        ("romes=A1101,".to_owned(), vec![ROME]),
        ("romes=A1101, A1102".to_owned(), vec![ROME]),
        ("rncp=RNCP1".to_owned(), vec![RNCP]),
        ("rncp=rncp123".to_owned(), vec![RNCP]),
        ("romes=A1101&latitude=48".to_owned(), vec![LON_MISSING, RADIUS_MISSING]),
        ("romes=A1101&longitude=2".to_owned(), vec![LAT_MISSING, RADIUS_MISSING]),
        ("romes=A1101&latitude=0".to_owned(), vec![LON_MISSING, RADIUS_MISSING]),
        ("romes=A1101&latitude=48&longitude=2".to_owned(), vec![RADIUS_MISSING]),
        ("romes=A1101&latitude=90.1&longitude=-180.1&radius=200.1".to_owned(), vec![LAT, LON, RADIUS]),
        ("romes=A1101&latitude=-91&longitude=2&radius=-1".to_owned(), vec![LAT, RADIUS]),
        ("romes=A1101&latitude=Infinity&longitude=1e999&radius=-Infinity".to_owned(), vec![LAT, LON, RADIUS]),
        ("romes=A1101&radius=19999".to_owned(), vec![RADIUS]),
        ("romes=A1101&latitude=48&longitude=2&radius=30&caller=moi".to_owned(), vec![INSEE_MISSING]),
        ("romes=A1101&latitude=48&longitude=2&radius=30&insee=7505".to_owned(), vec![INSEE]),
        ("romes=A1101&insee=2C001".to_owned(), vec![INSEE]),
        ("romes=A1101&sources=lba,pe".to_owned(), vec![SOURCES]),
        ("romes=A1101&sources=LBA".to_owned(), vec![SOURCES]),
        ("romes=A1101&sources=formations".to_owned(), vec![SOURCES]),
        ("romes=A1101&sources=lba,".to_owned(), vec![SOURCES]),
        ("romes=A1101&diploma=8".to_owned(), vec![DIPLOMA]),
        ("romes=A1101&diploma=CAP".to_owned(), vec![DIPLOMA]),
        ("romes=A1101&diploma=33".to_owned(), vec![DIPLOMA]),
    ];
    for (query, wanted) in cases {
        assert_eq!(messages(&query), wanted, "{query}");
    }
}

#[test]
fn gives_all_messages_at_once_in_the_order_of_the_contract() {
    assert_eq!(
        messages("romes=x&latitude=91&longitude=181&radius=201&insee=x&sources=x&diploma=x&opco=x&caller=x"),
        [ROME, LAT, LON, RADIUS, INSEE, SOURCES, DIPLOMA]
    );
    assert_eq!(
        messages("latitude=0&caller=x&sources=x"),
        [NONE, LON_MISSING, RADIUS_MISSING, INSEE_MISSING, SOURCES]
    );
}

#[test]
fn numbers_that_are_none_come_first_and_alone() {
    for text in
        ["abc", "NaN", "nan", "inf", "infinity", "48,85", "4 8", "0x10", "1e", "--1", "1_000", "٤٨", "-"]
    {
        let error = read(&format!("latitude={text}&radius=500"), Route::Jobs).unwrap_err();
        let response = error.response("");
        let body: Value = serde_json::from_str(&response.body.text()).unwrap();
        assert_eq!(response.status, 400);
        assert_eq!(body["message"], "querystring.latitude: Number attendu", "{text}");
    }
    let error = read("radius=x&longitude=y&latitude=z", Route::Jobs).unwrap_err();
    let body: Value = serde_json::from_str(&error.response("").body.text()).unwrap();
    assert_eq!(
        body["message"],
        "querystring.latitude: Number attendu, querystring.longitude: Number attendu, querystring.radius: Number attendu"
    );
}

#[test]
fn reads_numbers_as_people_write_them() {
    for (text, km) in
        [("30", 30.0), (" 30.5 ", 30.5), ("+3e1", 30.0), (".5", 0.5), ("0", 0.0), ("20000", 20_000.0)]
    {
        let query = parse(&format!("romes=A1101&latitude=0&longitude=-0.0&radius={text}"));
        let Place::Around(point, radius) = query.place else { panic!("{query:?}") };
        assert_eq!(Ok(radius), domain::geo::Radius::from_km(km), "{text}");
        assert_eq!((point.lat(), point.lon()), (0.0, 0.0));
    }
}

#[test]
fn searches_every_source_of_jobs_without_a_caller_or_a_place() {
    let query = parse("romes=d1102,D1102,A1101&unknown=1");
    let Trades::Romes(romes) = &query.trades else { panic!("{query:?}") };
    assert_eq!(romes.iter().map(|code| code.to_string()).collect::<Vec<_>>(), ["D1102", "A1101"]);
    assert_eq!(query.sources, BTreeSet::from([Source::Lba, Source::Offres, Source::Matcha]));
    assert_eq!(query.place, Place::Anywhere);
    assert_eq!((query.insee, query.diploma, query.caller), (None, None, None));
    assert_eq!((query.by_date, query.part), (false, Part::Capped));
    assert_eq!(query.opco, OpcoFilter::Any);
}

#[test]
fn repeated_parameters_are_one_list() {
    let query = parse("romes=A1101&sources=lba&romes=A1102&romes=&sources=lbb");
    assert_eq!(query.trades, parse("romes=A1101,A1102").trades);
    assert_eq!(query.sources, BTreeSet::from([Source::Lba]));
}

#[test]
fn accepts_lbb_and_asks_it_nothing() {
    assert_eq!(parse("romes=A1101&sources=lbb").sources, BTreeSet::new());
}

#[test]
fn insee_is_needed_only_when_a_caller_is_given() {
    assert_eq!(parse("romes=A1101&latitude=48&longitude=2&radius=30").insee, None);
    let query = parse("romes=A1101&latitude=41.9&longitude=8.7&radius=30&insee=2a004&caller=moi");
    assert_eq!(query.insee.unwrap().as_str(), "2A004");
    assert_eq!(query.caller.unwrap().as_str(), "moi");
    assert!(parse("romes=A1101&caller=moi").insee.is_none());
}

#[test]
fn reads_the_level_of_a_diploma() {
    for diploma in Diploma::ALL {
        assert_eq!(parse(&format!("romes=A1101&diploma={}", diploma.label())).diploma, Some(diploma));
        assert_eq!(parse(&format!("romes=A1101&diploma={}", diploma.level())).diploma, Some(diploma));
    }
}

#[test]
fn an_opco_is_named_in_any_case_or_by_its_site() {
    use domain::opco::Opco;
    let opco = |filter: &str| parse(&format!("romes=A1101&{filter}")).opco;
    assert_eq!(opco("opco=akto"), OpcoFilter::One(Opco::Akto));
    assert_eq!(opco("opcoUrl=HTTPS://www.AKTO.fr"), OpcoFilter::One(Opco::Akto));
    assert_eq!(opco("opco=AKTO&opcoUrl=https://www.akto.fr"), OpcoFilter::One(Opco::Akto));
    assert_eq!(opco("opco=ATLAS&opcoUrl=https://www.akto.fr"), OpcoFilter::Nothing);
    assert_eq!(opco("opco=unknown"), OpcoFilter::Nothing);
    assert_eq!(opco("opcoUrl=https://example.org"), OpcoFilter::Nothing);
    assert_eq!(opco("opco=AKTO&opcoUrl=https://example.org"), OpcoFilter::Nothing);
}

#[test]
fn an_unknown_certification_is_quoted() {
    let Trades::Rncp(code) = parse("rncp=RNCP123").trades else { panic!() };
    let body: Value = serde_json::from_str(&unknown_rncp(&code).response("").body.text()).unwrap();
    assert_eq!(
        body["error_messages"][0],
        "rncp : Rncp code not recognized. Please check that it exists. (RNCP123)"
    );
}
