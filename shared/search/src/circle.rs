//! How near and how far a cell can be from a point, on the sphere.

use domain::geo::Point;

use crate::cell::Bounds;

/// Mean radius of the earth, in km: the one every distance of this project uses.
pub const EARTH_KM: f64 = 6371.0088;

/// Great-circle distance in km between two places in degrees.
pub fn distance_km(lat_a: f64, lon_a: f64, lat_b: f64, lon_b: f64) -> f64 {
    let (phi_a, phi_b) = (lat_a.to_radians(), lat_b.to_radians());
    let half_lat = (phi_b - phi_a) / 2.0;
    let half_lon = (lon_b - lon_a).to_radians() / 2.0;
    let h = half_lat.sin().powi(2) + phi_a.cos() * phi_b.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

/// Distance in km from a place to the nearest point of a cell; 0 inside.
///
/// Beside the cell, the nearest point of a meridian edge is *not* at the same latitude: it lies where the
/// great circle meets the meridian at a right angle, or at the end that is nearer to there. A plan asks this of
/// thousands of cells, so one distance is computed, and not one for each candidate.
pub fn nearest_km(lat: f64, lon: f64, cell: &Bounds) -> f64 {
    if cell.west <= lon && lon <= cell.east {
        let nearest = lat.clamp(cell.south, cell.north);
        return (lat - nearest).abs().to_radians() * EARTH_KM;
    }
    let turn = |edge_lon: f64| angle(lon, edge_lon);
    let edge_lon = if turn(cell.west) < turn(cell.east) { cell.west } else { cell.east };
    let (phi, delta) = (lat.to_radians(), (lon - edge_lon).to_radians());
    let foot = phi.sin().atan2(phi.cos() * delta.cos()).to_degrees();
    let nearest = if cell.south <= foot && foot <= cell.north {
        foot
    } else if angle(cell.south, foot) < angle(cell.north, foot) {
        cell.south
    } else {
        cell.north
    };
    distance_km(lat, lon, nearest, edge_lon)
}

/// The angle between two directions in degrees, from 0 to 180.
fn angle(a: f64, b: f64) -> f64 {
    let apart = (a - b).abs();
    apart.min(360.0 - apart)
}

/// Distance in km from a place to the farthest point of a cell: what is farthest from a place is nearest to
/// its antipode.
pub fn farthest_km(lat: f64, lon: f64, cell: &Bounds) -> f64 {
    let opposite = if lon > 0.0 { lon - 180.0 } else { lon + 180.0 };
    EARTH_KM * std::f64::consts::PI - nearest_km(-lat, opposite, cell)
}

/// The box of degrees around a disc. What lies outside it lies outside the disc, and is told without a sine.
#[derive(Debug, Clone, Copy)]
pub struct DiscBox {
    south: f64,
    north: f64,
    lon: f64,
    /// Degrees of longitude to either side: all of them where a pole is inside.
    half_width: f64,
}

impl DiscBox {
    /// Around the disc of this radius in km.
    pub fn new(centre: Point, radius_km: f64) -> Self {
        let reach = radius_km / EARTH_KM;
        let (south, north) = (centre.lat() - reach.to_degrees(), centre.lat() + reach.to_degrees());
        let half_width = if south <= -90.0 || north >= 90.0 {
            180.0
        } else {
            (reach.sin() / centre.lat().to_radians().cos()).min(1.0).asin().to_degrees()
        };
        Self { south, north, lon: centre.lon(), half_width }
    }

    /// Whether a cell reaches into it.
    pub fn touches(&self, cell: &Bounds) -> bool {
        cell.south <= self.north
            && cell.north >= self.south
            && ((cell.west <= self.lon && self.lon <= cell.east)
                || angle(self.lon, cell.west) <= self.half_width
                || angle(self.lon, cell.east) <= self.half_width)
    }
}

/// Distances from one place on a plane that touches the earth there: within a metre in a hundred up to 150 km, and far
/// quicker. Good enough to plan by, and for nothing else.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    lat: f64,
    lon: f64,
    sin: f64,
    cos: f64,
}

impl Plane {
    /// Around this place.
    pub fn at(centre: Point) -> Self {
        let (sin, cos) = centre.lat().to_radians().sin_cos();
        Self { lat: centre.lat(), lon: centre.lon(), sin, cos }
    }

    /// Distance in km of another place in degrees.
    pub fn distance_km(&self, (lat, lon): (f64, f64)) -> f64 {
        let north = (lat - self.lat).to_radians();
        // The cosine of the latitude half way.
        let east = angle(lon, self.lon).to_radians() * (self.cos - self.sin * north / 2.0);
        EARTH_KM * north.hypot(east)
    }
}

/// [`nearest_km`] of a point.
pub fn nearest_to(point: Point, cell: &Bounds) -> f64 {
    nearest_km(point.lat(), point.lon(), cell)
}

/// [`farthest_km`] of a point.
pub fn farthest_from(point: Point, cell: &Bounds) -> f64 {
    farthest_km(point.lat(), point.lon(), cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Cell;
    use proptest::prelude::*;

    fn cells() -> impl Strategy<Value = Cell> {
        (1u32..16)
            .prop_flat_map(|level| (0..(1u64 << (2 * level))).prop_map(move |bits| Cell::new(bits, level)))
    }

    proptest! {
        #[test]
        fn every_point_of_a_cell_lies_between_its_nearest_and_farthest(
            lat in -90.0..90.0f64, lon in -180.0..180.0f64, cell in cells(), u in 0.0..1.0f64, v in 0.0..1.0f64,
        ) {
            let bounds = cell.bounds();
            let inside_lat = bounds.south + u * (bounds.north - bounds.south);
            let inside_lon = bounds.west + v * (bounds.east - bounds.west);
            let distance = distance_km(lat, lon, inside_lat, inside_lon);
            prop_assert!(nearest_km(lat, lon, &bounds) <= distance + 1e-6);
            prop_assert!(distance <= farthest_km(lat, lon, &bounds) + 1e-3);
        }
    }

    proptest! {
        #[test]
        fn the_nearest_point_of_a_cell_is_one_of_its_edges_points(
            lat in -90.0..90.0f64, lon in -180.0..180.0f64, cell in cells(),
        ) {
            let bounds = cell.bounds();
            let along = |lon_of_edge: f64| {
                let lats = (0..=64).map(|step| bounds.south + f64::from(step) / 64.0 * (bounds.north - bounds.south));
                lats.map(move |lat_of_edge| distance_km(lat, lon, lat_of_edge, lon_of_edge)).fold(f64::INFINITY, f64::min)
            };
            let inside_lon = bounds.west <= lon && lon <= bounds.east;
            let sampled = along(if inside_lon { lon } else { bounds.west }).min(along(if inside_lon { lon } else { bounds.east }));
            // Between two samples lies no more than half their distance.
            let step = distance_km(bounds.south, 0.0, bounds.north, 0.0) / 128.0;
            prop_assert!((sampled - nearest_km(lat, lon, &bounds)).abs() <= step + 1e-6);
        }

        #[test]
        fn a_cell_outside_the_box_is_outside_the_disc(
            lat in -90.0..90.0f64, lon in -180.0..180.0f64, radius_km in 0.5..5_000.0f64, cell in cells(),
        ) {
            let centre = Point::new(lat, lon).unwrap();
            let touches = DiscBox::new(centre, radius_km).touches(&cell.bounds());
            prop_assert!(touches || nearest_to(centre, &cell.bounds()) > radius_km - 1e-6);
        }

        #[test]
        fn the_plane_is_good_to_a_metre_in_a_hundred_up_to_150_km(
            lat in -55.0..55.0f64, lon in -180.0..180.0f64, north in -1.0..1.0f64, east in -1.0..1.0f64,
        ) {
            let (other_lat, other_lon) = (lat + north, lon + east);
            let exact = distance_km(lat, lon, other_lat, other_lon);
            let flat = Plane::at(Point::new(lat, lon).unwrap()).distance_km((other_lat, other_lon));
            prop_assert!((flat - exact).abs() <= exact / 100.0, "{flat} {exact}");
        }
    }

    #[test]
    fn the_nearest_point_of_a_meridian_edge_is_not_at_the_same_latitude() {
        let cell = Bounds { south: 0.0, north: 90.0, west: 60.0, east: 90.0 };
        let same_latitude = distance_km(45.0, 0.0, 45.0, 60.0);
        assert!(nearest_km(45.0, 0.0, &cell) < same_latitude - 100.0);
    }

    #[test]
    fn a_cell_across_the_antimeridian_is_near() {
        let cell = Bounds { south: -20.0, north: -10.0, west: 179.0, east: 180.0 };
        assert!(nearest_km(-14.3, -178.1, &cell) < 210.0);
    }
}
