//! Everything that a fuzzer found worth keeping is walked with again.

use std::fs;
use std::path::Path;

use hostile::TARGETS;

#[test]
fn whatever_a_fuzzer_found_worth_keeping_makes_a_picture_or_a_sentence() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, run) in TARGETS {
        let files = fs::read_dir(corpus.join(name)).expect("a corpus of every target");
        let mut walked = 0;
        for file in files {
            let path = file.expect("readable").path();
            run(&fs::read(&path).expect("readable"));
            walked += 1;
        }
        assert!(walked > 20, "{name}: {walked} inputs");
    }
}
