//! Where each commune is, from a table inside the binary: no geocoder is asked, nothing is read from anywhere.
//!
//! `communes.csv` holds 37,000 INSEE codes, old communes and arrondissements included, with their postal codes. Two
//! in five are where `GeoNames` puts them, to a kilometre or so; they hold nine tenths of the population. The others
//! are in the middle of their neighbours: those of their postal codes, which is 6 km off in the median, else of
//! their intercommunality. That is enough to tell which of several schools is the nearest, and to search 60 km
//! around; it is no address. `infra/seed/SOURCES.md` says where the table comes from.
//!
//! It is pure: the table is read at its first use, in some milliseconds, and kept.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::geo::Point;
use domain::insee::Insee;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("../communes.csv")));

/// The place of a commune, by its INSEE code.
pub fn by_insee(insee: &Insee) -> Option<Point> {
    TABLE.communes.get(insee.as_str()).copied()
}

/// The middle of the communes of a postal code (five digits); for one that is of no commune, such as those of large
/// firms and CEDEX, the middle of its département, which is some tens of kilometres off.
pub fn by_postal_code(code: &str) -> Option<Point> {
    let departement = || TABLE.departements.get(departement(code)?);
    TABLE.postal_codes.get(code).or_else(departement)?.point()
}

/// By the INSEE code where it is known, else by the postal code.
pub fn locate(insee: Option<&Insee>, postal_code: Option<&str>) -> Option<Point> {
    insee.and_then(by_insee).or_else(|| postal_code.and_then(by_postal_code))
}

/// The table, in the two ways it is asked.
#[derive(Default)]
struct Table {
    communes: HashMap<&'static str, Point>,
    postal_codes: HashMap<&'static str, Middle>,
    /// By the first digits of their postal codes.
    departements: HashMap<&'static str, Middle>,
}

/// Points added up. Those of one postal code are neighbours, so that their mean is a place.
#[derive(Default, Clone, Copy)]
struct Middle {
    lat: f64,
    lon: f64,
    count: f64,
}

impl Table {
    /// A line that is not as the script writes it is passed over; a test says that there is none.
    fn read(csv: &'static str) -> Self {
        let mut table = Self::default();
        for line in csv.lines().skip(1) {
            let Some((code, point, postal_codes)) = fields(line) else { continue };
            table.communes.insert(code, point);
            for code in postal_codes {
                table.postal_codes.entry(code).or_default().add(point);
                if let Some(departement) = departement(code) {
                    table.departements.entry(departement).or_default().add(point);
                }
            }
        }
        table
    }
}

impl Middle {
    fn add(&mut self, point: Point) {
        self.lat += point.lat();
        self.lon += point.lon();
        self.count += 1.0;
    }

    fn point(&self) -> Option<Point> {
        Point::new(self.lat / self.count, self.lon / self.count).ok()
    }
}

/// `insee,lat,lon,from,postal codes with spaces`.
fn fields(line: &str) -> Option<(&str, Point, impl Iterator<Item = &str>)> {
    let mut fields = line.split(',');
    let code = fields.next()?;
    let point = Point::new(fields.next()?.parse().ok()?, fields.next()?.parse().ok()?).ok()?;
    let _from = fields.next()?;
    Some((code, point, fields.next()?.split_whitespace()))
}

/// The first two digits of a postal code, overseas three.
fn departement(postal_code: &str) -> Option<&str> {
    let digits = if postal_code.starts_with("97") || postal_code.starts_with("98") { 3 } else { 2 };
    postal_code.get(..digits)
}

#[cfg(test)]
mod tests;
