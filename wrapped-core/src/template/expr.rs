//! The expressions of a template: compiled once, every name checked before the first card.

use std::sync::Arc;

use minijinja::machinery::ast::{CallArg, Expr, Stmt};
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Environment, State, UndefinedBehavior, context};

use crate::context::Shape;
use crate::error::{Error, Result};
use crate::limits::EXPRESSION_FUEL;
use crate::locale::Locale;
use crate::text::fit::{FIRST_STRONG_ISOLATE, POP_ISOLATE};
use crate::text::safe::is_rtl;

/// A compiled expression or text of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExprId(u32);

/// What checking an expression found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Checked {
    /// Whether the value depends on the summary or the locale, not only on theme and direction.
    pub(crate) live: bool,
    /// The first field it reads, such as `song.title`, as names and indexes.
    pub(crate) path: Option<Vec<PathPart>>,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PathPart {
    Name(String),
    Index(i64),
}

/// All expressions of a template in one environment.
pub(crate) struct Expressions {
    env: Environment<'static>,
    count: u32,
}

/// The names an expression may use, innermost last.
#[derive(Clone)]
pub(crate) struct Names {
    vars: Vec<(String, Shape)>,
}

/// The variable under which [`filters`] find the card's language.
const LOCALE: &str = "__locale";
/// The variable that carries an expression's value out of its template.
const VALUE: &str = "__value";

#[derive(Debug)]
struct LocaleObject(Arc<Locale>);
impl minijinja::value::Object for LocaleObject {}

impl Names {
    pub(crate) fn new(vars: Vec<(String, Shape)>) -> Self {
        Self { vars }
    }

    /// These names and one more.
    pub(crate) fn with(&self, name: &str, shape: Shape) -> Self {
        let mut inner = self.clone();
        inner.vars.push((name.to_owned(), shape));
        inner
    }

    fn get(&self, name: &str) -> Option<&Shape> {
        self.vars.iter().rev().find(|(known, _)| known == name).map(|(_, shape)| shape)
    }
}

/// The shape of `loop`, as in Jinja.
pub(crate) fn loop_shape() -> Shape {
    Shape::scalars(["index", "index0", "revindex", "revindex0", "first", "last", "length"])
}

impl Expressions {
    pub(crate) fn new() -> Self {
        let mut env = Environment::new();
        env.set_auto_escape_callback(|_| AutoEscape::None);
        env.set_undefined_behavior(UndefinedBehavior::Chainable);
        env.set_fuel(Some(EXPRESSION_FUEL));
        env.set_formatter(|out, state, value| {
            if value.is_none() || value.is_undefined() {
                return Ok(());
            }
            match value.as_str() {
                // Names of attributes start with "a": isolates belong into running text only.
                Some(text) if state.name().starts_with('t') && needs_isolate(text, state) => {
                    write!(out, "{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}")?;
                    Ok(())
                }
                _ => minijinja::escape_formatter(out, state, value),
            }
        });
        filters::register(&mut env);
        Self { env, count: 0 }
    }

    /// Compiles the text of a `data-text`.
    pub(crate) fn add_text(
        &mut self,
        place: &str,
        source: &str,
        names: &Names,
    ) -> Result<(ExprId, Checked)> {
        self.add('t', place, source, names)
    }

    /// Compiles the value of a `data-set-NAME`.
    pub(crate) fn add_attribute(
        &mut self,
        place: &str,
        source: &str,
        names: &Names,
    ) -> Result<(ExprId, Checked)> {
        self.add('a', place, source, names)
    }

    fn add(
        &mut self,
        kind: char,
        place: &str,
        source: &str,
        names: &Names,
    ) -> Result<(ExprId, Checked)> {
        let ast = minijinja::machinery::parse(source, "template", Default::default())
            .map_err(|error| syntax(place, &error))?;
        let mut checker = Checker { place, found: Checked::default() };
        if let Stmt::Template(template) = &ast {
            checker.statements(&template.children, names)?;
        }
        let found = checker.found;
        let id = self.insert(kind, place, source.to_owned())?;
        Ok((id, found))
    }

    /// Compiles an expression whose value is wanted: `data-if`, `data-each`, `data-image`.
    pub(crate) fn add_value(
        &mut self,
        place: &str,
        source: &str,
        names: &Names,
    ) -> Result<(ExprId, Checked, Shape)> {
        let ast =
            minijinja::machinery::parse_expr(source).map_err(|error| syntax(place, &error))?;
        let mut checker = Checker { place, found: Checked::default() };
        let shape = checker.expression(&ast, names)?;
        let found = checker.found;
        let id = self.insert('e', place, format!("{{% set {VALUE} = ({source}) %}}"))?;
        Ok((id, found, shape))
    }

    fn insert(&mut self, kind: char, place: &str, source: String) -> Result<ExprId> {
        let id = self.count;
        self.count += 1;
        // The kind is part of the name, so that the formatter can tell running text apart.
        self.env
            .add_template_owned(format!("{kind}{id}"), source)
            .map_err(|error| syntax(place, &error))?;
        Ok(ExprId(id))
    }

    /// The text of a `data-text` for a context.
    pub(crate) fn text(&self, id: ExprId, context: &Value) -> Result<String, minijinja::Error> {
        self.env.get_template(&format!("t{}", id.0))?.render(context)
    }

    /// The value of a `data-set-NAME` for a context.
    pub(crate) fn attribute(
        &self,
        id: ExprId,
        context: &Value,
    ) -> Result<String, minijinja::Error> {
        self.env.get_template(&format!("a{}", id.0))?.render(context)
    }

    /// The value of an expression for a context.
    pub(crate) fn value(&self, id: ExprId, context: &Value) -> Result<Value, minijinja::Error> {
        let template = self.env.get_template(&format!("e{}", id.0))?;
        let captured = template.render_captured(context)?;
        Ok(captured.state().lookup(VALUE).unwrap_or_default())
    }

    /// A text that is not part of a template, such as an alt text, rendered once.
    pub(crate) fn render_once(
        &self,
        source: &str,
        context: &Value,
    ) -> Result<String, minijinja::Error> {
        self.env.render_str(source, context)
    }
}

/// A context with the card's language, for the filters.
pub(crate) fn with_locale(context: Value, locale: &Arc<Locale>) -> Value {
    context! { __locale => Value::from_object(LocaleObject(locale.clone())), ..context }
}

/// Turns an error of evaluation into ours.
pub(crate) fn evaluation(place: &str, error: &minijinja::Error) -> Error {
    Error::template(place, describe(error))
}

fn syntax(place: &str, error: &minijinja::Error) -> Error {
    Error::template(place, describe(error))
}

fn describe(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}

fn needs_isolate(text: &str, state: &State<'_, '_>) -> bool {
    text.chars().any(is_rtl)
        || (text.chars().any(char::is_alphabetic) && locale(state).is_ok_and(|locale| locale.rtl()))
}

fn locale(state: &State<'_, '_>) -> Result<Arc<Locale>, minijinja::Error> {
    state
        .lookup(LOCALE)
        .and_then(|value| value.downcast_object_ref::<LocaleObject>().map(|l| l.0.clone()))
        .ok_or_else(|| {
            minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, "no language is set")
        })
}

/// Filters of minijinja that are safe and make sense on a card.
const FILTERS: &[&str] = &[
    "abs",
    "batch",
    "bool",
    "capitalize",
    "d",
    "default",
    "first",
    "float",
    "int",
    "join",
    "last",
    "length",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "trim",
    "unique",
    "upper",
];
/// Our own, which speak the card's language.
const LOCAL_FILTERS: &[&str] =
    &["number", "compact", "month_name", "period", "minutes", "percent", "list", "count", "format"];
const TESTS: &[&str] = &[
    "defined",
    "undefined",
    "none",
    "true",
    "false",
    "odd",
    "even",
    "divisibleby",
    "number",
    "integer",
    "float",
    "string",
    "sequence",
    "mapping",
    "iterable",
    "startingwith",
    "endingwith",
    "eq",
    "ne",
    "gt",
    "ge",
    "lt",
    "le",
    "in",
];
/// Names that depend on the theme, the palette and the direction only.
const STILL: &[&str] = &["theme", "rtl", "card"];

struct Checker<'a> {
    place: &'a str,
    found: Checked,
}

impl Checker<'_> {
    fn error(&self, message: String) -> Error {
        Error::template(self.place, message)
    }

    fn statements(&mut self, statements: &[Stmt<'_>], names: &Names) -> Result<()> {
        let mut names = names.clone();
        for statement in statements {
            match statement {
                Stmt::EmitRaw(_) => {}
                Stmt::EmitExpr(emit) => {
                    self.expression(&emit.expr, &names)?;
                }
                Stmt::IfCond(cond) => {
                    self.expression(&cond.expr, &names)?;
                    self.statements(&cond.true_body, &names)?;
                    self.statements(&cond.false_body, &names)?;
                }
                Stmt::ForLoop(each) => {
                    let element = element_of(self.expression(&each.iter, &names)?);
                    let Expr::Var(target) = &each.target else {
                        return Err(self.error("a loop needs one plain name".to_owned()));
                    };
                    let inner = names.with(target.id, element).with("loop", loop_shape());
                    if let Some(filter) = &each.filter_expr {
                        self.expression(filter, &inner)?;
                    }
                    self.statements(&each.body, &inner)?;
                    self.statements(&each.else_body, &names)?;
                }
                Stmt::Set(set) => {
                    let shape = self.expression(&set.expr, &names)?;
                    if let Expr::Var(target) = &set.target {
                        names = names.with(target.id, shape);
                    }
                }
                Stmt::WithBlock(with) => {
                    let mut inner = names.clone();
                    for (target, value) in &with.assignments {
                        let shape = self.expression(value, &names)?;
                        if let Expr::Var(target) = target {
                            inner = inner.with(target.id, shape);
                        }
                    }
                    self.statements(&with.body, &inner)?;
                }
                _ => return Err(self.error("only if, for, set and with are allowed".to_owned())),
            }
        }
        Ok(())
    }

    fn expression(&mut self, expr: &Expr<'_>, names: &Names) -> Result<Shape> {
        Ok(match expr {
            Expr::Var(var) => {
                self.note_path(expr);
                self.found.live |= !STILL.contains(&var.id);
                match names.get(var.id) {
                    Some(shape) => shape.clone(),
                    None => return Err(self.error(unknown("name", var.id, names))),
                }
            }
            Expr::Const(_) => Shape::Scalar,
            Expr::GetAttr(get) => {
                self.note_path(expr);
                let shape = self.expression(&get.expr, names)?;
                self.field(shape, get.name, names)?
            }
            Expr::GetItem(get) => {
                self.note_path(expr);
                let shape = self.expression(&get.expr, names)?;
                self.expression(&get.subscript_expr, names)?;
                match (&get.subscript_expr, shape) {
                    (Expr::Const(key), shape @ Shape::Map(_)) if key.value.as_str().is_some() => {
                        let key = key.value.as_str().unwrap_or_default().to_owned();
                        self.field(shape, &key, names)?
                    }
                    (_, Shape::List(element)) => *element,
                    _ => Shape::Any,
                }
            }
            Expr::Slice(slice) => {
                self.note_path(expr);
                for part in [&slice.start, &slice.stop, &slice.step].into_iter().flatten() {
                    self.expression(part, names)?;
                }
                self.expression(&slice.expr, names)?
            }
            Expr::UnaryOp(op) => {
                self.expression(&op.expr, names)?;
                Shape::Scalar
            }
            Expr::BinOp(op) => {
                let left = self.expression(&op.left, names)?;
                self.expression(&op.right, names)?;
                if matches!(left, Shape::List(_)) { left } else { Shape::Any }
            }
            Expr::Compare(compare) => {
                self.expression(&compare.expr, names)?;
                for op in &compare.ops {
                    self.expression(&op.expr, names)?;
                }
                Shape::Scalar
            }
            Expr::IfExpr(cond) => {
                self.expression(&cond.test_expr, names)?;
                let shape = self.expression(&cond.true_expr, names)?;
                if let Some(other) = &cond.false_expr {
                    self.expression(other, names)?;
                }
                shape
            }
            Expr::Filter(filter) => {
                let input = match &filter.expr {
                    Some(input) => self.expression(input, names)?,
                    None => Shape::Any,
                };
                self.arguments(&filter.args, names)?;
                self.filter(filter.name, input)?
            }
            Expr::Test(test) => {
                self.expression(&test.expr, names)?;
                self.arguments(&test.args, names)?;
                if !TESTS.contains(&test.name) {
                    return Err(self.error(format!("unknown test {:?}", test.name)));
                }
                Shape::Scalar
            }
            Expr::Call(call) => {
                self.arguments(&call.args, names)?;
                match &call.expr {
                    Expr::Var(name) if name.id == "range" => Shape::List(Box::new(Shape::Scalar)),
                    Expr::Var(name) => {
                        return Err(self.error(format!("unknown function {:?}", name.id)));
                    }
                    _ => return Err(self.error("methods cannot be called".to_owned())),
                }
            }
            Expr::List(list) => {
                for item in &list.items {
                    self.expression(item, names)?;
                }
                Shape::List(Box::new(Shape::Any))
            }
            Expr::Tuple(tuple) => {
                for item in &tuple.items {
                    self.expression(item, names)?;
                }
                Shape::List(Box::new(Shape::Any))
            }
            Expr::Map(map) => {
                for item in map.keys.iter().chain(&map.values) {
                    self.expression(item, names)?;
                }
                Shape::Any
            }
        })
    }

    fn filter(&mut self, name: &str, input: Shape) -> Result<Shape> {
        if LOCAL_FILTERS.contains(&name) {
            self.found.live = true;
            return Ok(Shape::Scalar);
        }
        if !FILTERS.contains(&name) {
            return Err(self.error(format!("unknown filter {name:?}")));
        }
        Ok(match name {
            "first" | "last" | "min" | "max" => element_of(input),
            "sort" | "reverse" | "unique" | "select" | "reject" | "selectattr" | "rejectattr"
            | "default" | "d" => input,
            _ => Shape::Any,
        })
    }

    fn arguments(&mut self, args: &[CallArg<'_>], names: &Names) -> Result<()> {
        for arg in args {
            match arg {
                CallArg::Pos(e) | CallArg::Kwarg(_, e) => self.expression(e, names)?,
                CallArg::PosSplat(e) | CallArg::KwargSplat(e) => self.expression(e, names)?,
            };
        }
        Ok(())
    }

    fn field(&self, shape: Shape, name: &str, names: &Names) -> Result<Shape> {
        match shape {
            Shape::Map(fields) => match fields.iter().find(|(known, _)| known == name) {
                Some((_, shape)) => Ok(shape.clone()),
                None => {
                    let known: Vec<&str> = fields.iter().map(|(known, _)| known.as_str()).collect();
                    Err(self.error(unknown_among("field", name, &known)))
                }
            },
            Shape::Any => Ok(Shape::Any),
            Shape::Scalar | Shape::List(_) => Err(self.error(unknown("field", name, names))),
        }
    }

    fn note_path(&mut self, expr: &Expr<'_>) {
        if self.found.path.is_none() {
            self.found.path = path_of(expr);
        }
    }
}

/// The names and indexes of a plain path such as `songs[0].title`.
fn path_of(expr: &Expr<'_>) -> Option<Vec<PathPart>> {
    match expr {
        Expr::Var(var) => Some(vec![PathPart::Name(var.id.to_owned())]),
        Expr::GetAttr(get) => {
            let mut path = path_of(&get.expr)?;
            path.push(PathPart::Name(get.name.to_owned()));
            Some(path)
        }
        Expr::GetItem(get) => {
            let mut path = path_of(&get.expr)?;
            if let Expr::Const(key) = &get.subscript_expr {
                path.push(PathPart::Index(key.value.as_i64()?));
            }
            Some(path)
        }
        Expr::Slice(slice) => path_of(&slice.expr),
        Expr::Filter(filter) => path_of(filter.expr.as_ref()?),
        _ => None,
    }
}

fn element_of(shape: Shape) -> Shape {
    match shape {
        Shape::List(element) => *element,
        _ => Shape::Any,
    }
}

fn unknown(what: &str, name: &str, names: &Names) -> String {
    let known: Vec<&str> = names.vars.iter().map(|(known, _)| known.as_str()).collect();
    unknown_among(what, name, &known)
}

fn unknown_among(what: &str, name: &str, known: &[&str]) -> String {
    format!("unknown {what} {name:?} (known: {})", known.join(", "))
}

mod filters {
    //! Filters that speak the card's language; none in, nothing out.

    use super::{Kwargs, Locale, State, Value, ValueKind, locale};
    use minijinja::{Environment, Error, ErrorKind};

    pub(super) fn register(env: &mut Environment<'static>) {
        env.add_filter("number", |state: &State<'_, '_>, value: Value| {
            local(state, value, |locale, value| Ok(number(locale, value)))
        });
        env.add_filter("compact", |state: &State<'_, '_>, value: Value| {
            local(state, value, |locale, value| Ok(locale.compact(whole(value)?)))
        });
        env.add_filter("percent", |state: &State<'_, '_>, value: Value| {
            local(state, value, |locale, value| Ok(locale.percent(float(value)?)))
        });
        env.add_filter("month_name", |state: &State<'_, '_>, value: Value| {
            local(state, value, |locale, value| {
                let month = u8::try_from(whole(value)?).ok();
                Ok(month.and_then(|m| locale.month_name(m)).unwrap_or_default().to_owned())
            })
        });
        env.add_filter("period", |state: &State<'_, '_>, value: Value| {
            local(state, value, |locale, value| {
                let part = |name: &str| value.get_attr(name).and_then(|part| whole(&part));
                Ok(locale.period(part("year")? as u16, part("month")? as u8))
            })
        });
        env.add_filter("minutes", |state: &State<'_, '_>, value: Value| {
            local(state, value, |locale, value| Ok(locale.minutes(whole(value)?)))
        });
        env.add_filter(
            "count",
            |state: &State<'_, '_>, value: Value, word: Option<&str>| match word {
                Some(word) => local(state, value, |locale, value| counted(locale, value, word)),
                None => Ok(Value::from(value.len().unwrap_or(0))),
            },
        );
        env.add_filter("list", |state: &State<'_, '_>, value: Value| {
            local(state, value, |locale, value| {
                let names: Vec<String> =
                    value.try_iter()?.map(|name| isolate(name.to_string())).collect();
                Ok(names.join(&locale.file.list_separator))
            })
        });
        env.add_filter("format", |state: &State<'_, '_>, value: Value, values: Kwargs| {
            local(state, value, |locale, value| {
                let mut text = value.to_string();
                for name in values.args() {
                    let with: Value = values.get(name)?;
                    let with = match with.kind() {
                        ValueKind::Number => number(locale, &with),
                        ValueKind::None | ValueKind::Undefined => String::new(),
                        _ => isolate(with.to_string()),
                    };
                    text = text.replace(&format!("{{{name}}}"), &with);
                }
                values.assert_all_used()?;
                Ok(text)
            })
        });
    }

    fn local(
        state: &State<'_, '_>,
        value: Value,
        run: impl FnOnce(&Locale, &Value) -> Result<String, Error>,
    ) -> Result<Value, Error> {
        if value.is_none() || value.is_undefined() {
            return Ok(Value::from(()));
        }
        let locale = locale(state)?;
        run(&locale, &value).map(Value::from)
    }

    /// A name inside a longer text keeps its own direction.
    fn isolate(name: String) -> String {
        use super::{FIRST_STRONG_ISOLATE, POP_ISOLATE, is_rtl};
        if name.chars().any(is_rtl) {
            format!("{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}")
        } else {
            name
        }
    }

    fn number(locale: &Locale, value: &Value) -> String {
        match i64::try_from(value.clone()) {
            Ok(n) => locale.number(n),
            Err(_) => f64::try_from(value.clone())
                .map_or_else(|_| value.to_string(), |n| locale.number(n.round() as i64)),
        }
    }

    fn counted(locale: &Locale, value: &Value, word: &str) -> Result<String, Error> {
        locale.count(whole(value)?, word).ok_or_else(|| {
            let message = format!("the labels have no plurals.{word}");
            Error::new(ErrorKind::InvalidOperation, message)
        })
    }

    fn whole(value: &Value) -> Result<u64, Error> {
        u64::try_from(value.clone())
            .or_else(|_| f64::try_from(value.clone()).map(|n| n.max(0.0) as u64))
            .map_err(|_| Error::new(ErrorKind::InvalidOperation, "is not a whole number"))
    }

    fn float(value: &Value) -> Result<f64, Error> {
        f64::try_from(value.clone())
            .map_err(|_| Error::new(ErrorKind::InvalidOperation, "is not a number"))
    }
}
