//! Mails as files.

use std::fs;
use std::path::PathBuf;

use mail::FileTransport;
use usecases::ports::{HandOverError, HandOverMail};

use crate::invented::composed;

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("mails").join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

#[tokio::test]
async fn a_mail_that_comes_twice_is_there_twice() {
    let folder = folder("twice");
    let (transport, mail) = (FileTransport::new(&folder), composed());
    let id = mail.id.as_str();
    let names = [format!("{id}.eml"), format!("{id}.2.eml"), format!("{id}.3.eml")];
    for name in &names {
        assert_eq!(&transport.hand_over(&mail).await.unwrap(), name);
    }
    let mut found: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    let mut wanted = names.clone();
    wanted.sort();
    assert_eq!(found, wanted);
    for name in names {
        assert!(fs::read(folder.join(name)).unwrap() == mail.message);
    }
}

#[tokio::test]
async fn none_is_replaced_by_one_that_is_written_at_the_same_time() {
    let folder = folder("together");
    let transport = FileTransport::new(&folder);
    let writers: Vec<_> = (0..16)
        .map(|_| {
            let (transport, mail) = (transport.clone(), composed());
            tokio::spawn(async move { transport.hand_over(&mail).await.unwrap() })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 16);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_tried_again_later() {
    let folder = folder("blocked");
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    let _ = fs::remove_file(&folder);
    fs::write(&folder, "a file, no folder").unwrap();
    let error = FileTransport::new(&folder).hand_over(&composed()).await.unwrap_err();
    assert!(matches!(error, HandOverError::Later(_)), "{error:?}");
    fs::remove_file(&folder).unwrap();
}
