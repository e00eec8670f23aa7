//! What somebody sends who applies, whatever the form it came in.

use domain::application::Applicant;
use domain::email::Email;
use domain::seal::SealedEmail;

use super::cv::Cv;
use super::recipient::Wanted;

/// What somebody sends.
#[derive(Debug, Clone)]
pub struct Application {
    /// Who applies.
    pub applicant: Applicant,
    /// Whether the applicant's address is one that is thrown away.
    pub is_disposable: bool,
    /// What they write.
    pub message: Option<String>,
    /// The CV; none where it is not one.
    pub cv: Option<Cv>,
    /// For what.
    pub wanted: Wanted,
    /// The trade that is looked for, where there is no offer.
    pub trade: Option<String>,
    /// The recruiter's address as the caller was given it; none where the caller was not asked for it.
    pub sealed: Option<SealedEmail>,
    /// Who hands it on, as it calls itself; none where that is the partner alone.
    pub caller: Option<String>,
    /// Where the recruiter's mail goes instead: for tests of partners.
    pub redirected: Option<Email>,
}
