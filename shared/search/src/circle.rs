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
/// great circle meets the meridian at a right angle.
pub fn nearest_km(lat: f64, lon: f64, cell: &Bounds) -> f64 {
    if cell.west <= lon && lon <= cell.east {
        let nearest = lat.clamp(cell.south, cell.north);
        return (lat - nearest).abs().to_radians() * EARTH_KM;
    }
    let edge = |edge_lon: f64| {
        let (phi, delta) = (lat.to_radians(), (lon - edge_lon).to_radians());
        let foot = phi.sin().atan2(phi.cos() * delta.cos()).to_degrees().clamp(cell.south, cell.north);
        [foot, cell.south, cell.north]
            .into_iter()
            .map(|edge_lat| distance_km(lat, lon, edge_lat, edge_lon))
            .fold(f64::INFINITY, f64::min)
    };
    edge(cell.west).min(edge(cell.east))
}

/// Distance in km from a place to the farthest point of a cell: what is farthest from a place is nearest to
/// its antipode.
pub fn farthest_km(lat: f64, lon: f64, cell: &Bounds) -> f64 {
    let opposite = if lon > 0.0 { lon - 180.0 } else { lon + 180.0 };
    EARTH_KM * std::f64::consts::PI - nearest_km(-lat, opposite, cell)
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
