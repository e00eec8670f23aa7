//! What programs of others wrote: `infra/attachments/honest.py`.

use attachment::{AttachmentName, check_type, inspect};

#[test]
#[ignore = "needs the files of infra/attachments/honest.py in HONEST_DIR"]
fn none_of_the_honest_files_of_other_programs_is_refused() {
    let folder = std::env::var_os("HONEST_DIR").expect("HONEST_DIR names a folder");
    let (mut count, mut refused) = (0, Vec::new());
    for file in
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
    {
        let name = AttachmentName::parse(&file.to_string_lossy()).unwrap();
        let bytes = std::fs::read(&file).unwrap();
        let answer = check_type(name.kind(), name.kind(), &bytes).and_then(|kind| inspect(kind, &bytes));
        count += 1;
        refused.extend(answer.err().map(|refusal| format!("{}: {}", file.display(), refusal.as_str())));
    }
    assert!(refused.is_empty(), "{} of {count}:\n{}", refused.len(), refused.join("\n"));
    assert!(count >= 200, "{count}");
}
