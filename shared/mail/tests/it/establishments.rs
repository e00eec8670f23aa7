//! Mails to establishments of RDV Apprentissage.

use domain::appointment::Premium;
use domain::link::LinkId;
use domain::mail::{DueMail, Mail, PremiumAsked, PremiumReminded, RdvActivated, RdvInvited};
use jiff::civil::date;

use crate::invented::{Typed, links, rendered};

fn link(number: u8) -> LinkId {
    LinkId::from_random([number; 16])
}

impl Typed {
    pub(crate) fn to_establishments(&self) -> Vec<(&'static str, Mail)> {
        let (establishment, refuse) = (self.cfa.clone(), link(4));
        let invited = |trainings| RdvInvited {
            establishment: establishment.clone(),
            scheduled: date(2026, 9, 16),
            trainings,
            refuse: refuse.clone(),
        };
        let activated =
            RdvActivated { establishment: establishment.clone(), trainings: 12, refuse: refuse.clone() };
        let asked = |premium| PremiumAsked {
            establishment: establishment.clone(),
            premium,
            trainings: 3,
            accept: link(5),
            refuse: link(6),
            unsubscribe: link(2),
        };
        let reminded = |premium| PremiumReminded {
            establishment: establishment.clone(),
            premium,
            trainings: 1,
            accepted: date(2025, 2, 1),
            refuse: link(6),
            unsubscribe: link(2),
        };
        let (parcoursup, affelnet) = (Premium::Parcoursup, Premium::Affelnet);
        vec![
            ("rdv-invited", Mail::RdvInvited(invited(12))),
            ("rdv-invited-one", Mail::RdvInvited(invited(1))),
            ("rdv-activated", Mail::RdvActivated(activated)),
            ("premium-invited", Mail::PremiumInvited(asked(parcoursup))),
            ("premium-invited-affelnet", Mail::PremiumInvited(asked(affelnet))),
            ("premium-follow-up", Mail::PremiumFollowUp(asked(parcoursup))),
            ("premium-follow-up-affelnet", Mail::PremiumFollowUp(asked(affelnet))),
            ("premium-reminder", Mail::PremiumReminder(reminded(parcoursup))),
            ("premium-reminder-affelnet", Mail::PremiumReminder(reminded(affelnet))),
        ]
    }
}

#[test]
fn each_link_that_an_establishment_may_follow_is_there_once() {
    for (name, mail) in Typed::honest().to_establishments() {
        let ids = match &mail {
            Mail::RdvInvited(_) | Mail::RdvActivated(_) => vec![link(4)],
            Mail::PremiumInvited(_) | Mail::PremiumFollowUp(_) => vec![link(5), link(6)],
            _ => vec![link(6)],
        };
        let shown = rendered(&DueMail::new("establishment-1", crate::invented::to(), mail));
        for address in ids.iter().map(|id| links().url(id)) {
            assert_eq!(shown.text.lines().filter(|line| *line == address).count(), 1, "{name}");
            assert_eq!(shown.html.matches(&format!("href=\"{address}\"")).count(), 1, "{name}");
        }
    }
}
