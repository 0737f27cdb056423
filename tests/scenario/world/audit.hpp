#pragma once

// What must be true of the platform's tables at any commit, computed again from the rows alone (money and energy in
// reckoning.hpp). Each finding is one sentence; none is the proof. tests/scenario/audit_test.cpp plants faults and
// sees them named.

#include <string>
#include <vector>

#include "protocols/wire/up.hpp"
#include "tests/scenario/world/gateway_box.hpp"
#include "tests/scenario/world/memory_store.hpp"
#include "tests/scenario/world/reckoning.hpp"

namespace anju::scenario {

/// Money and energy: energy billed is last minus start register; money is price x quantity to the nano-yuan; debits are
/// credits; balances are sums; recharges are there once; crossings have an order or say why not.
[[nodiscard]] Findings audit_books(const Tables& tables);

/// The stream of one gateway: everything up to what the platform calls stored has taken effect once and in order, and
/// nothing beyond it; what nobody can read, or what the gateway said is gone, lies in quarantine. events: all that the
/// gateway ever made durable under this epoch, from seq 1 on. whole: and nothing is missing at the end.
[[nodiscard]] Findings audit_stream(const Tables& tables, const std::string& gateway, const std::string& epoch,
                                    const std::vector<Sent>& events, bool whole);

}  // namespace anju::scenario
