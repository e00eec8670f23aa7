//! The shapes of the index: texts and lists laid end to end, with where each begins. They are constants of the
//! program, so that there is nothing to load, to check or to allocate.

/// Texts end to end; text `n` is what lies between start `n` and start `n + 1`.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) text: &'static str,
    pub(crate) starts: &'static [u32],
}

impl Texts {
    /// How many they are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Text `at`; empty beyond the last.
    pub(crate) fn get(&self, at: usize) -> &'static str {
        bounds(self.starts, at).and_then(|(from, to)| self.text.get(from..to)).unwrap_or_default()
    }

    /// The first text that is not before `wanted`, where they are sorted.
    pub(crate) fn first_from(&self, wanted: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.get(middle) < wanted { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Where `wanted` is, where they are sorted.
    pub(crate) fn find(&self, wanted: &str) -> Option<usize> {
        let at = self.first_from(wanted);
        (at < self.len() && self.get(at) == wanted).then_some(at)
    }

    /// What it takes in the program.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + size_of_val(self.starts)
    }
}

/// Lists of numbers end to end.
#[derive(Debug)]
pub(crate) struct Lists {
    pub(crate) items: &'static [u16],
    pub(crate) starts: &'static [u32],
}

impl Lists {
    /// List `at`; empty beyond the last.
    pub(crate) fn get(&self, at: usize) -> &'static [u16] {
        bounds(self.starts, at).and_then(|(from, to)| self.items.get(from..to)).unwrap_or_default()
    }

    /// What it takes in the program.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(self.items) + size_of_val(self.starts)
    }
}

fn bounds(starts: &[u32], at: usize) -> Option<(usize, usize)> {
    Some((*starts.get(at)? as usize, *starts.get(at + 1)? as usize))
}
