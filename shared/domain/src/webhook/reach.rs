//! Which addresses of the network a webhook may have.
//!
//! Whoever says where we call could else make us call what only we can reach: the service that hands out our
//! credentials, a database of a private network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where webhooks may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Anywhere on the public Internet, by https and a name.
    Public,
    /// On this machine as well, by http and its own address: for the local cloud.
    Loopback,
}

impl Reach {
    /// Whether an address that a name leads to may be called.
    pub fn includes(self, address: IpAddr) -> bool {
        is_public(address) || (self == Self::Loopback && address.to_canonical().is_loopback())
    }
}

/// Networks that are not of the public Internet (IANA, IPv4 Special-Purpose Address Registry), multicast, and what is
/// reserved.
const NOT_PUBLIC_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    // Anycast of 6to4 relays, given up.
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
    ([255, 255, 255, 255], 32),
];

/// Networks within that of global unicast, `2000::/3`, that are not of the public Internet (IANA, IPv6 Special-Purpose
/// Address Registry): assignments of protocols with Teredo, documentation, 6to4, documentation.
const NOT_PUBLIC_V6: [([u16; 2], u32); 4] =
    [([0x2001, 0x0000], 23), ([0x2001, 0x0db8], 32), ([0x2002, 0x0000], 16), ([0x3fff, 0x0000], 20)];

/// Whether an address is of the public Internet. One that stands for an IPv4 address is what that is.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(address) => is_public_v4(address),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_in = |network: [u8; 4], bits: u32| {
        u32::from(address) >> (32 - bits) == u32::from(Ipv4Addr::from(network)) >> (32 - bits)
    };
    !NOT_PUBLIC_V4.iter().any(|(network, bits)| is_in(*network, *bits))
}

/// `::ffff:0:0/96` is IPv4 itself, `64:ff9b::/96` IPv4 behind a NAT64.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    if let [0x64, 0xff9b, 0, 0, 0, 0, ..] = address.segments() {
        return Some(Ipv4Addr::from_bits(address.to_bits() as u32));
    }
    address.to_ipv4_mapped()
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let is_in = |network: [u16; 2], bits: u32| {
        let first = |high: u16, low: u16| (u32::from(high) << 16 | u32::from(low)) >> (32 - bits);
        let [high, low] = network;
        first(a, b) == first(high, low)
    };
    let is_global_unicast = a >> 13 == 0b001;
    is_global_unicast && !NOT_PUBLIC_V6.iter().any(|(network, bits)| is_in(*network, *bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450::1",
            "2001:200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(public(text), "{text}");
        }
    }

    #[test]
    fn addresses_of_private_networks_of_this_machine_and_of_nobody_are_not() {
        for text in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "169.254.170.2",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(!public(text), "{text}");
        }
    }

    #[test]
    fn this_machine_is_within_reach_only_where_that_is_said() {
        for text in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            let address = text.parse().unwrap();
            assert!(Reach::Loopback.includes(address) && !Reach::Public.includes(address), "{text}");
        }
        for text in ["10.0.0.1", "169.254.169.254"] {
            assert!(!Reach::Loopback.includes(text.parse().unwrap()), "{text}");
        }
        assert!(Reach::Loopback.includes("8.8.8.8".parse().unwrap()));
    }
}
