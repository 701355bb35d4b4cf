//! Filters that speak the card's language; none in, nothing out.

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State};

use super::expr::locale;
use crate::locale::Locale;
use crate::text::fit::{FIRST_STRONG_ISOLATE, POP_ISOLATE};
use crate::text::safe::is_rtl;

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
    env.add_filter("count", |state: &State<'_, '_>, value: Value, word: Option<&str>| match word {
        Some(word) => local(state, value, |locale, value| counted(locale, value, word)),
        None => Ok(Value::from(value.len().unwrap_or(0))),
    });
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
