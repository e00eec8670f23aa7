//! The ports over the world. Each call stops before its effect and after it, so that anything may come between.

mod delivery;
mod requests;

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};

use jiff::Timestamp;
use usecases::ports::{Clock, Entropy, PortError};

use crate::weather::Fault;
use crate::world::World;

/// One process's sight of the world.
#[derive(Clone)]
pub(crate) struct Ports {
    pub(crate) shared: Arc<Mutex<World>>,
    /// By how many seconds its clock is wrong.
    pub(crate) skew: i64,
}

/// Lets others act.
struct Turn(bool);

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Ports {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.shared.lock().unwrap()
    }

    pub(crate) async fn pause(&self) {
        let turns = self.world().dice.between(1, 2);
        for _ in 0..turns {
            Turn(false).await;
        }
    }

    /// One call of the store, or of whatever else answers or fails.
    pub(crate) async fn call<T: Debug + Send>(
        &self,
        what: &'static str,
        subject: &str,
        effect: impl Fn(&mut World) -> T + Send + 'static,
    ) -> Result<T, PortError> {
        self.pause().await;
        let fault = self.world().fault();
        let answer = self.act(what, subject, fault, effect);
        self.pause().await;
        answer.ok_or_else(|| PortError::new(what, "injected"))
    }

    fn act<T: Debug + Send>(
        &self,
        what: &'static str,
        subject: &str,
        fault: Fault,
        effect: impl Fn(&mut World) -> T + Send + 'static,
    ) -> Option<T> {
        let mut world = self.world();
        let answer = match fault {
            Fault::None => Some(effect(&mut world)),
            Fault::Before => None,
            Fault::After => {
                let unheard = effect(&mut world);
                world.note(what, subject, &unheard);
                None
            }
            Fault::Late => {
                let subject = subject.to_owned();
                world.later(move |world| {
                    let unheard = effect(world);
                    world.note(what, &subject, &unheard);
                });
                None
            }
            Fault::Twice => {
                effect(&mut world);
                Some(effect(&mut world))
            }
        };
        world.note(what, subject, &(fault, &answer));
        answer
    }
}

impl Clock for Ports {
    fn now(&self) -> Timestamp {
        let seconds = i64::from(self.world().now) + self.skew;
        Timestamp::from_second(seconds).unwrap()
    }
}

impl Entropy for Ports {
    fn bytes(&self) -> [u8; 16] {
        self.world().dice.bytes()
    }
}
