#pragma once

// What a field takes, in a sentence for people: in the import's template, and beside a value that was refused.

#include <string>
#include <string_view>
#include <vector>

#include "platform/catalog/resource.hpp"
#include "platform/domain/sheet.hpp"

namespace anju::platform::catalog {

[[nodiscard]] constexpr std::string_view in(Language language, const Label& label) { return language == Language::zh ? label.zh : label.en; }

/// Without the blanks around it, also the wide one of Chinese input and the one that does not break: a name of two blanks is none, and
/// "A" and "A " are the same. text: UTF-8.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// "1 到 10 个字", "0 到 100.00，最多 2 位小数".
[[nodiscard]] std::string rule_of(const Field& field, Language language);
/// What is offered: the names of choices, yes and no; otherwise nothing.
[[nodiscard]] std::vector<std::string> offered(const Field& field, Language language);
/// The template of an import.
[[nodiscard]] std::vector<FormColumn> form_of(const Resource& resource, Language language);

}  // namespace anju::platform::catalog
