//! The expressions of a template: compiled once, every name checked before the first card.

use std::sync::Arc;

use minijinja::machinery::ast::Stmt;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, State, UndefinedBehavior, context};

use super::check::{Checked, Checker, Names};
use super::filters;
use crate::context::Shape;
use crate::error::{Error, Result};
use crate::limits::EXPRESSION_FUEL;
use crate::locale::Locale;
use crate::text::fit::{FIRST_STRONG_ISOLATE, POP_ISOLATE};
use crate::text::safe::is_rtl;

/// A compiled expression or text of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExprId(u32);

/// All expressions of a template in one environment.
pub(crate) struct Expressions {
    env: Environment<'static>,
    count: u32,
}

/// The variable under which [`filters`] find the card's language.
const LOCALE: &str = "__locale";
/// The variable that carries an expression's value out of its template.
const VALUE: &str = "__value";

#[derive(Debug)]
struct LocaleObject(Arc<Locale>);
impl minijinja::value::Object for LocaleObject {}

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
        let mut checker = Checker::new(place);
        if let Stmt::Template(template) = &ast {
            checker.statements(&template.children, names)?;
        }
        let found = checker.found();
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
        let mut checker = Checker::new(place);
        let shape = checker.expression(&ast, names)?;
        let found = checker.found();
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

pub(super) fn locale(state: &State<'_, '_>) -> Result<Arc<Locale>, minijinja::Error> {
    state
        .lookup(LOCALE)
        .and_then(|value| value.downcast_object_ref::<LocaleObject>().map(|l| l.0.clone()))
        .ok_or_else(|| {
            minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, "no language is set")
        })
}
