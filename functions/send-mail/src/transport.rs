//! Which way mails leave: SES on AWS; SMTP where a provider of one's own takes them; a folder on one's own machine.

use mail::{FileTransport, Sender, SesTransport, SmtpTransport};
use runtime::clients::Clients;
use runtime::environment::{Environment, EnvironmentError};
use usecases::ports::HandOverMail;

/// The name that mails come from.
const NAME: &str = "La bonne alternance";

/// Whom mails come from, `MAIL_FROM`, and who reads what is answered to them, `MAIL_REPLY_TO`: nobody where that is
/// empty. An address that is none stops the function at its start, and not each mail later.
pub(crate) fn sender(environment: Environment) -> Result<Sender, runtime::Error> {
    let address = environment.get("MAIL_FROM")?.parse()?;
    let reply_to = environment.find("MAIL_REPLY_TO").map(|address| address.parse()).transpose()?;
    Ok(Sender { address, name: NAME.to_owned(), reply_to })
}

/// The transport that `MAIL_TRANSPORT` names.
pub(crate) async fn of(
    clients: &Clients,
    environment: Environment,
) -> Result<Box<dyn HandOverMail>, runtime::Error> {
    let from = sender(environment)?.address;
    Ok(match environment.get("MAIL_TRANSPORT")?.as_str() {
        "ses" => {
            let config = aws_sdk_sesv2::config::Builder::from(clients.config());
            Box::new(SesTransport::new(config, from, environment.find("SES_CONFIGURATION_SET")))
        }
        "smtp" => {
            // A secret, since a password is in it.
            let url = clients.secret(&environment.get("SMTP_SECRET_ARN")?).await?;
            Box::new(SmtpTransport::new(url.trim(), &from)?)
        }
        "files" => Box::new(FileTransport::new(environment.get("MAIL_FOLDER")?)),
        _ => return Err(EnvironmentError::Wrong("MAIL_TRANSPORT", "ses, smtp, files").into()),
    })
}
