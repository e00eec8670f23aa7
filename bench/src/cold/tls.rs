//! TLS before the stores, as on AWS: a function's first call is mostly the handshake and the reading of the
//! certificates that it trusts.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::stores::on_a_thread;

/// The certificates of the system, where the distributions keep them: those of Lambda's are about as many.
const SYSTEM_ROOTS: [&str; 2] = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// A certificate of this run.
pub(crate) struct Tls {
    config: Arc<ServerConfig>,
    /// A file of the certificates that a function is to trust: those of the system, and ours.
    pub(crate) roots: PathBuf,
    /// How many those are.
    pub(crate) trusted: usize,
}

impl Tls {
    /// Makes a certificate, and the file that makes a function trust it. The file ends with this value.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
        let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(own.cert.der().to_vec())], key)?;
        let system =
            SYSTEM_ROOTS.iter().find_map(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let pem = format!("{system}\n{}", own.cert.pem());
        let roots = std::env::temp_dir().join(format!("bench-roots-{}.pem", std::process::id()));
        std::fs::write(&roots, &pem).with_context(|| format!("{} cannot be written", roots.display()))?;
        Ok(Self { config: Arc::new(config), roots, trusted: pem.matches("BEGIN CERTIFICATE").count() })
    }

    /// Opens a port that speaks TLS and passes on to a server that does not.
    pub(crate) fn before(&self, plain: SocketAddr) -> anyhow::Result<SocketAddr> {
        let acceptor = TlsAcceptor::from(Arc::clone(&self.config));
        on_a_thread(move |listener| pass(listener, acceptor, plain))
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        let _ = std::fs::remove_file::<&Path>(&self.roots);
    }
}

async fn pass(listener: TcpListener, acceptor: TlsAcceptor, plain: SocketAddr) {
    while let Ok((socket, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        // A connection that breaks is one that the function closed, or will complain about itself.
        tokio::spawn(async move {
            let _ = socket.set_nodelay(true);
            let (mut secret, mut server) =
                tokio::try_join!(acceptor.accept(socket), TcpStream::connect(plain))?;
            let _ = server.set_nodelay(true);
            copy_bidirectional(&mut secret, &mut server).await
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_certificates_ends_with_what_made_it() {
        let tls = Tls::new().unwrap();
        let roots = tls.roots.clone();
        assert!(tls.trusted >= 1 && roots.exists());
        drop(tls);
        assert!(!roots.exists());
    }
}
