//! Partners that deposit at once, each with two requests under way.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

use futures::future::join_all;
use usecases::once::{Asked, Unkeyed};

use super::drawn::{Drawing, Request};
use super::said::Said;
use super::site::Site;

/// Requests of a partner that are under way at once.
const UNDER_WAY: usize = 2;
/// Requests after which one is sent again.
const LATER: usize = 3;
/// How often a request is sent until all of it is answered otherwise than by 409.
const ATTEMPTS: u32 = 10;
/// What a 409 tells in `Retry-After`.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// A partner and its establishments.
#[derive(Debug, Clone)]
pub(crate) struct Partner {
    pub(crate) name: String,
    pub(crate) establishments: Vec<String>,
    /// The numbers of its offers: the first, and the one after the last.
    pub(crate) serials: (u32, u32),
}

/// What is heard by all.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub(crate) said: Said,
    /// Milliseconds from the first time that a request was sent until all of it was answered.
    pub(crate) latencies: Vec<f64>,
}

/// All partners deposit all they have.
pub(crate) async fn deposit(site: &Site, drawing: &Drawing<'_>, partners: &[Partner]) -> Heard {
    let heard = RefCell::default();
    join_all(partners.iter().map(|partner| whole(site, drawing, partner, &heard))).await;
    heard.into_inner()
}

async fn whole(site: &Site, drawing: &Drawing<'_>, partner: &Partner, heard: &RefCell<Heard>) {
    let Partner { name, establishments, serials } = partner;
    let requests = RefCell::new(drawing.requests(name, establishments, *serials));
    let later = RefCell::new(VecDeque::new());
    let worker = async || {
        loop {
            let Some(request) = requests.borrow_mut().next() else { break };
            heard.borrow_mut().said.ask(name, &request);
            if request.is_doubled {
                futures::join!(send(site, name, &request, heard), send(site, name, &request, heard));
            } else {
                send(site, name, &request, heard).await;
            }
            if request.is_repeated {
                later.borrow_mut().push_back((LATER, request));
            }
            for (left, _) in later.borrow_mut().iter_mut() {
                *left = left.saturating_sub(1);
            }
            let due = later.borrow_mut().pop_front_if(|(left, _)| *left == 0);
            if let Some((_, request)) = due {
                send(site, name, &request, heard).await;
            }
        }
    };
    join_all((0..UNDER_WAY).map(|_| worker())).await;
    for (_, request) in later.into_inner() {
        send(site, name, &request, heard).await;
    }
}

async fn send(site: &Site, partner: &str, request: &Request, heard: &RefCell<Heard>) {
    let asked = Asked {
        partner,
        operation: "deposit-offers",
        key: Some(&request.key),
        body: &[],
        unkeyed: Unkeyed::SameBody,
    };
    let started = Instant::now();
    for _ in 0..ATTEMPTS {
        let answers = site.many().run(asked, &request.offers).await;
        if !heard.borrow_mut().said.hear(request, answers) {
            break;
        }
        tokio::time::sleep(RETRY_AFTER).await;
    }
    heard.borrow_mut().latencies.push(started.elapsed().as_secs_f64() * 1e3);
}
