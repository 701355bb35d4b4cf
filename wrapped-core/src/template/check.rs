//! Every name, field, filter and test of an expression is checked against the shape of the
//! context before the first card: minijinja itself finds unknown ones only when it meets them.

use minijinja::machinery::ast::{CallArg, Expr, Stmt};

use crate::context::Shape;
use crate::error::{Error, Result};

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

/// The names an expression may use, innermost last.
#[derive(Clone)]
pub(crate) struct Names {
    vars: Vec<(String, Shape)>,
}

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

/// Walks an expression tree.
pub(super) struct Checker<'a> {
    place: &'a str,
    found: Checked,
}

impl<'a> Checker<'a> {
    pub(super) fn new(place: &'a str) -> Self {
        Self { place, found: Checked::default() }
    }

    /// What was found out.
    pub(super) fn found(self) -> Checked {
        self.found
    }

    fn error(&self, message: String) -> Error {
        Error::template(self.place, message)
    }

    pub(super) fn statements(&mut self, statements: &[Stmt<'_>], names: &Names) -> Result<()> {
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

    pub(super) fn expression(&mut self, expr: &Expr<'_>, names: &Names) -> Result<Shape> {
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
