use entente_account::*;
fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().unwrap();
    let prefix = args.next().unwrap();
    let format = args.next().unwrap();
    let lang = Lang::parse(&args.next().unwrap()).unwrap();
    let states: Vec<String> = args.collect();
    let records: Vec<entente_base::record::Record> = std::fs::read_to_string(file).unwrap().lines()
        .map(|line| serde_json::from_str::<entente_base::record::Record>(line).unwrap())
        .filter(|record| record.document.id.starts_with(&prefix)).collect();
    let words = Words::built_in();
    if format == "table" { println!("{}", entente_render::records("table", &records, words, lang).unwrap()); return; }
    let account = Account::new(records);
    let dossier = Dossier::new(&account, &Request { states, lang, ..Request::default() });
    println!("{}", entente_render::dossier(&format, &dossier, words).unwrap());
}
