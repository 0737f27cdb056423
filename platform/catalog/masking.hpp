#pragma once

// What is shown of personal data where the whole is not called for.

#include <string>
#include <string_view>

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

/// By its shape: a phone number keeps its first three and last four digits (138****1234), an identity number the first three and last
/// four (110***********1234), anything else, such as a name, its first character (王**). Never more characters than half of a short number.
/// Empty stays empty. text: UTF-8. Source: the conventions of the back office (console.md, section 2, Masking).
[[nodiscard]] std::string masked(std::string_view text);

/// It has the shape of what `masked` makes, so it is no name and no number, whoever typed it.
[[nodiscard]] bool is_mask(std::string_view text);

/// The field's text is a person's, be it through the title of the row that it refers to.
[[nodiscard]] bool is_personal(const Field& field);
[[nodiscard]] bool has_personal(const Resource& resource);

/// Whoever has it sees personal data in exports, and may have single rows shown in clear.
inline constexpr std::string_view kSeePersonal = "personal:read";

}  // namespace anju::platform::catalog
