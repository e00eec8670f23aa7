//! What no PDF may hold, as it is written, and the other ways to write it.

use attachment::Refusal;

/// A piece of a dictionary, and why it is refused.
pub(crate) const POISONS: [(&str, Refusal); 26] = [
    ("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", Refusal::Action),
    ("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>", Refusal::Script),
    ("/A<</Type/Action/S/JavaScript/JS(x)>>", Refusal::Script),
    ("/A<</S/JavaScript>>", Refusal::Script),
    ("/A<</JS(x)>>", Refusal::Script),
    ("/A<</S/URI/URI(https://exemple.invalid)/Next<</S/JavaScript/JS(x)>>>>", Refusal::Script),
    ("/A<</S/URI/URI(https://exemple.invalid)/Next[<</S/JavaScript/JS(x)>>]>>", Refusal::Script),
    ("/AA<</O<</S/Named/N/Print>>>>", Refusal::Action),
    ("/A<</S/Launch/F(calc.exe)>>", Refusal::Action),
    ("/A<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>", Refusal::Action),
    ("/A<</S/SubmitForm/F(https://exemple.invalid)>>", Refusal::Action),
    ("/A<</S/ImportData/F(x.fdf)>>", Refusal::Action),
    ("/A<</S/GoToR/F(autre.pdf)/D[0/Fit]>>", Refusal::ExternalReference),
    ("/A<</S/GoToE/T<</R/C/N(x)>>>>", Refusal::ExternalReference),
    ("/A<</S/Rendition/OP 0>>", Refusal::Action),
    ("/Names<</EmbeddedFiles<</Names[(a)<</F(a.exe)>>]>>>>", Refusal::EmbeddedFile),
    ("/FS<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>", Refusal::EmbeddedFile),
    ("/Annots[<</Subtype/FileAttachment/Rect[0 0 1 1]>>]", Refusal::EmbeddedFile),
    ("/Annots[<</Subtype/RichMedia/Rect[0 0 1 1]>>]", Refusal::EmbeddedFile),
    ("/Annots[<</Subtype/Movie/Rect[0 0 1 1]>>]", Refusal::EmbeddedFile),
    ("/Annots[<</Subtype/3D/Rect[0 0 1 1]>>]", Refusal::EmbeddedFile),
    ("/Collection<</View/D>>", Refusal::EmbeddedFile),
    ("/AcroForm<</Fields[]/XFA(x)>>", Refusal::Script),
    ("/A<</S/URI/URI(file:///etc/passwd)>>", Refusal::ExternalReference),
    ("/A<</S/URI/URI(java\\163cript:alert\\(1\\))>>", Refusal::ExternalReference),
    ("/A<</S/URI/URI<66696C653A2F2F2F61>>>", Refusal::ExternalReference),
];

/// Ways to write the same names: as they are, with one letter as a number, with all.
pub(crate) const SPELLINGS: [fn(&str) -> String; 4] = [
    str::to_owned,
    |text| spelled(text, |n| n == 0),
    |text| spelled(text, |n| n == 1),
    |text| spelled(text, |_| true),
];

fn spelled(text: &str, is_number: impl Fn(usize) -> bool) -> String {
    let mut out = String::new();
    // How many letters of a name have been written; none outside of names and within texts.
    let (mut letter, mut depth) = (None, 0);
    for c in text.chars() {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        match letter {
            Some(n) if c.is_ascii_alphanumeric() => {
                letter = Some(n + 1);
                if is_number(n) { out.push_str(&format!("#{:02x}", u32::from(c))) } else { out.push(c) }
            }
            _ => {
                letter = (c == '/' && depth == 0).then_some(0);
                out.push(c);
            }
        }
    }
    out
}
