//! From which address a request comes, as far as it can be believed.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;

/// The visitor's address: the peer's, unless the peer is a proxy that the configuration trusts; then the last address in
/// `X-Forwarded-For` that is not such a proxy. What anybody else writes into that header is ignored (S32).
#[must_use]
pub fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let mut believed = peer.to_canonical();
    if !is_trusted(believed) {
        return believed;
    }
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|address| address.trim().parse::<IpAddr>())
        .collect::<Vec<_>>();
    for address in forwarded.into_iter().rev() {
        let Ok(address) = address else { break };
        believed = address.to_canonical();
        if !is_trusted(believed) {
            break;
        }
    }
    believed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        of(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn s32_forwarded_addresses_are_ignored_unless_a_proxy_is_trusted() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1", &[]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", "198.51.100.1", &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.2", "198.51.100.1", &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", "1.1.1.1, 198.51.100.1, 10.0.0.3", &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", "nonsense", &["10.0.0.0/8"]), "10.0.0.2");
    }
}
