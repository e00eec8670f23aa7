use super::*;

fn sample(first_poll: u64, requests: &[u64]) -> Sample {
    let request = |&millis: &u64| Request {
        wall: Duration::from_millis(millis),
        cpu: Duration::from_millis(millis / 2),
        peak_bytes: 2 << 20,
    };
    Sample {
        first_poll: Duration::from_millis(first_poll),
        init: Used { cpu: Duration::from_millis(3), peak_bytes: 1 << 20 },
        requests: requests.iter().map(request).collect(),
    }
}

fn line(function: &str, profile: &str, samples: &[Sample]) -> Line {
    Line {
        date: "2026-09-21".to_owned(),
        command: "bench cold".to_owned(),
        cpu: "a processor".to_owned(),
        architecture: "x86_64".to_owned(),
        profile: profile.to_owned(),
        tls: true,
        sketch_bytes: 1_000,
        function: function.to_owned(),
        figures: Figures::of(10_000, 4_000, samples),
    }
}

#[test]
fn the_table_tells_median_and_maximum_of_each_request() {
    let text = table(&[line(
        "search-jobs",
        "release",
        &[sample(8, &[40, 4]), sample(9, &[60, 6]), sample(20, &[50, 8])],
    )]);
    for told in ["9.0 / 20.0", "50.0 / 60.0", "25.0 / 30.0", "6.0 / 8.0", "1.0", "2.0"] {
        assert!(text.contains(told), "{told} in {text}");
    }
}

#[test]
fn a_function_that_answers_no_request_has_a_dash_for_them() {
    let line = line("ingest-offers", "release", &[sample(8, &[])]);
    assert_eq!(line.figures.first, None);
    assert!(table(&[line]).lines().any(|row| row.starts_with("ingest-offers") && row.ends_with('-')));
}

#[test]
fn a_line_takes_the_place_of_the_one_of_the_same_function_compiled_alike() {
    let path = std::env::temp_dir().join(format!("bench-cold-{}.jsonl", std::process::id()));
    keep(&path, &[line("health", "release", &[sample(8, &[])]), line("health", "debug", &[sample(90, &[])])])
        .unwrap();
    keep(&path, &[line("health", "release", &[sample(7, &[])])]).unwrap();
    let kept: Vec<(String, f64)> =
        read(&path).unwrap().into_iter().map(|line| (line.profile, line.figures.first_poll_ms.p50)).collect();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(kept, [("debug".to_owned(), 90.0), ("release".to_owned(), 7.0)]);
}

#[test]
fn the_zip_of_a_program_is_smaller_than_the_program() {
    let (binary, zip) = sizes(&std::env::current_exe().unwrap()).unwrap();
    assert!(zip > ZIP_FRAME && zip < binary, "{zip} of {binary}");
}
