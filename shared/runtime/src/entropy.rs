//! Random bytes.

use usecases::ports::Entropy;

/// The system's own source of random bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(
        clippy::expect_used,
        reason = "a system without random bytes cannot serve; zeros in their place would be worse"
    )]
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the system has random bytes");
        bytes
    }
}
