//! Mails as files of a folder, for those who run the service on their own machine.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use domain::mail::MailId;
use tokio::fs;
use usecases::ports::{ComposedMail, HandOverError, HandOverMail};

/// Tells apart the files that one process is writing.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// Writes each mail as `{mail id}.eml`. A mail that comes twice is there twice, as `{mail id}.2.eml`.
#[derive(Debug, Clone)]
pub struct FileTransport {
    folder: PathBuf,
}

impl FileTransport {
    /// Into this folder, which the first mail makes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Whoever reads the folder sees a mail whole or not at all.
    async fn write(&self, mail: &ComposedMail) -> io::Result<String> {
        fs::create_dir_all(&self.folder).await?;
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.folder.join(format!(".{}.{}.{number}.tmp", mail.id, std::process::id()));
        fs::write(&unfinished, &mail.message).await?;
        let name = self.name(&unfinished, &mail.id).await;
        fs::remove_file(&unfinished).await?;
        name
    }

    /// Gives the file the first name that is free. A rename would replace a mail of that name, a link does not.
    async fn name(&self, unfinished: &Path, id: &MailId) -> io::Result<String> {
        let mut copy = 1;
        loop {
            let name = if copy == 1 { format!("{id}.eml") } else { format!("{id}.{copy}.eml") };
            match fs::hard_link(unfinished, self.folder.join(&name)).await {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => copy += 1,
                done => return done.map(|()| name),
            }
        }
    }
}

#[async_trait]
impl HandOverMail for FileTransport {
    async fn hand_over(&self, mail: &ComposedMail) -> Result<String, HandOverError> {
        self.write(mail).await.map_err(|error| HandOverError::Later(error.into()))
    }
}
