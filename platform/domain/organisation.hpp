#pragma once

// The tree of organisations: which kinds there are, and which may stand below which. Pure; platform/store keeps the rows and, for each,
// everything that is above it (`organisation_below`).

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace anju::platform {

/// Of the root. It is there from migration 006 on; the others count from 1 and never come near it.
constexpr std::int64_t kSystemOrganisation = 1'000'000'000;

// Limits.
constexpr std::int64_t kMostTreeNodes = 5'000;             ///< of one answer; a search narrows it
constexpr std::int64_t kMostPendingRegistrations = 1'000;  ///< that wait for a review; beyond it a stranger is told to come back later
constexpr std::size_t kMostBatch = 200;                    ///< rows of one request

enum class OrganisationKind {
  system,      ///< the root: whoever runs the machine
  operating,   ///< 运营公司, the word is "operator": builds and runs the platform
  provider,    ///< 服务商: owns customers and merchants, waits for a review
  property,    ///< 物业公司, 集团物业: has sites and people
  collective,  ///< 集体户
  merchant,    ///< 商户
};
constexpr std::array<std::string_view, 6> kOrganisationKinds{"system", "operator", "provider", "property", "collective", "merchant"};

[[nodiscard]] constexpr std::string_view to_string(OrganisationKind kind) { return kOrganisationKinds[static_cast<std::size_t>(kind)]; }
[[nodiscard]] std::optional<OrganisationKind> organisation_kind(std::string_view word);

/// `child` may be made directly below `parent`.
/// Source: S2 2:54-62, 2:70-127 (operator, property); S4 4:386-402 (provider, merchants below it, property), 4:406-414 (collective).
[[nodiscard]] bool may_stand_below(OrganisationKind parent, OrganisationKind child);

/// Its mobile number is a login, so it has one, and it never changes (4:390, 4:401).
[[nodiscard]] constexpr bool logs_in_by_phone(OrganisationKind kind) { return kind == OrganisationKind::provider || kind == OrganisationKind::property; }

enum class Review { approved, pending, rejected };
constexpr std::array<std::string_view, 3> kReviews{"approved", "pending", "rejected"};
[[nodiscard]] constexpr std::string_view to_string(Review review) { return kReviews[static_cast<std::size_t>(review)]; }
/// Only a provider waits (4:393).
[[nodiscard]] constexpr Review first_review(OrganisationKind kind) { return kind == OrganisationKind::provider ? Review::pending : Review::approved; }

}  // namespace anju::platform
