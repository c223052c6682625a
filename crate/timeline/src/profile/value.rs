//! What the user wrote in an option's JSON, as a tree. The text itself is parsed outside.

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`, or nothing at all.
    #[default]
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// `[…]`.
    List(Vec<Value>),
    /// `{…}`, in the order in which it was written.
    Object(Vec<(String, Value)>),
}

/// What is wrong: a sentence each, which begins with the path of the field, `stages[2].unit` for one.
#[derive(Debug, Default)]
pub(super) struct Errors(pub Vec<String>);

impl Errors {
    /// Adds a sentence from its parts: formatting would be a tenth of a module that nobody sees.
    #[inline(never)]
    pub fn add(&mut self, path: &str, what: &[&str]) {
        self.0.push([path, ": ", &what.concat()].concat());
    }
}

/// An object with the path by which a person knows it.
pub(super) struct Object<'a> {
    path: String,
    fields: &'a [(String, Value)],
}

impl<'a> Object<'a> {
    /// A value as an object, which says so where it is none.
    pub fn of(value: &'a Value, path: String, errors: &mut Errors) -> Option<Self> {
        if let Value::Object(fields) = value {
            return Some(Self { path, fields });
        }
        errors.add(
            if path.is_empty() { "The JSON" } else { &path },
            &["an object, {…}, is expected"],
        );
        None
    }

    /// The path of a field.
    pub fn path(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { [&self.path, ".", field].concat() }
    }

    /// Says that a field is wrong.
    #[inline(never)]
    pub fn refuse(&self, field: &str, what: &[&str], errors: &mut Errors) {
        errors.add(&self.path(field), what);
    }

    /// All fields that say something.
    pub fn fields(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let said = self.fields.iter().filter(|(_, value)| !matches!(value, Value::Null));
        said.map(|(name, value)| (name.as_str(), value))
    }

    /// A field; none where it is absent or `null`.
    #[inline(never)]
    pub fn get(&self, field: &str) -> Option<&'a Value> {
        self.fields().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// A text of at most so many characters, without the spaces around it; what is empty or of
    /// another type is refused.
    #[inline(never)]
    pub fn text(&self, field: &str, longest: usize, errors: &mut Errors) -> Option<&'a str> {
        let text = text(self.get(field)?, &self.path(field), longest, errors);
        text.filter(|text| !text.is_empty())
    }

    /// A flag; what is of another type is refused.
    #[inline(never)]
    pub fn flag(&self, field: &str, errors: &mut Errors) -> bool {
        match self.get(field) {
            None => false,
            Some(Value::Flag(flag)) => *flag,
            Some(_) => {
                self.refuse(field, &["true or false is expected"], errors);
                false
            }
        }
    }

    /// A list of objects or texts; what is of another type is refused.
    pub fn list(&self, field: &str, errors: &mut Errors) -> &'a [Value] {
        match self.get(field) {
            None => &[],
            Some(Value::List(values)) => values,
            Some(_) => {
                self.refuse(field, &["a list, […], is expected"], errors);
                &[]
            }
        }
    }

    /// Refuses every field but these.
    #[inline(never)]
    pub fn allow(&self, known: &[&str], errors: &mut Errors) {
        for (name, _) in self.fields().filter(|(name, _)| !known.contains(name)) {
            self.refuse(name, &["no such field; use ", &known.join(", ")], errors);
        }
    }
}

/// A value as a text of at most so many characters.
pub(super) fn text<'a>(
    value: &'a Value,
    path: &str,
    longest: usize,
    errors: &mut Errors,
) -> Option<&'a str> {
    let Value::Text(text) = value else {
        errors.add(path, &["a text, \"…\", is expected"]);
        return None;
    };
    let text = text.trim();
    if text.is_empty() {
        errors.add(path, &["is empty"]);
    }
    if text.chars().nth(longest).is_some() {
        errors.add(path, &["is longer than ", &longest.to_string(), " characters"]);
        return None;
    }
    Some(text)
}
