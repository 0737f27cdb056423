#include "platform/catalog/masking.hpp"

#include <algorithm>

#include "platform/catalog/catalog.hpp"

namespace anju::platform::catalog {
namespace {

/// With the signs that stand in phone numbers, and the X that ends some identity numbers.
bool of_numbers(char c) { return (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '+' || c == '(' || c == ')' || c == 'X' || c == 'x'; }

bool is_number(std::string_view text) {
  const bool digits = std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && std::all_of(text.begin(), text.end(), of_numbers);
}

/// Bytes of the first character.
std::size_t first_of(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end;
}

constexpr std::size_t kShortest = 11;  ///< a number that keeps three and four of its digits
constexpr std::size_t kIdentity = 15;  ///< identity numbers have 15 or 18, phones fewer

}  // namespace

std::string masked(std::string_view text) {
  if (text.empty()) return {};
  if (!is_number(text)) return std::string(text.substr(0, first_of(text))) + "**";
  if (text.size() < kShortest) return std::string(text.size() < 4 ? "" : text.substr(0, 1)) + "****" + std::string(text.size() < 6 ? "" : text.substr(text.size() - 2));
  const std::size_t stars = text.size() < kIdentity ? 4 : text.size() - 7;
  return std::string(text.substr(0, 3)) + std::string(stars, '*') + std::string(text.substr(text.size() - 4));
}

bool is_mask(std::string_view text) {
  const auto begin = text.find('*');
  if (begin == std::string_view::npos) return false;
  const auto end = std::min(text.find_first_not_of('*', begin), text.size());
  const std::string_view before = text.substr(0, begin), behind = text.substr(end);
  if (end - begin == 2) return behind.empty() && !before.empty() && first_of(before) == before.size();
  const auto kept = [](std::string_view part, std::size_t most) { return part.size() <= most && std::all_of(part.begin(), part.end(), of_numbers); };
  return end - begin >= 4 && kept(before, 3) && kept(behind, 4);
}

bool is_personal(const Field& field) {
  return field.personal || (field.type == FieldType::reference && title_is_personal(*find(field.resource)));
}

bool has_personal(const Resource& resource) { return std::any_of(resource.fields.begin(), resource.fields.end(), is_personal); }

}  // namespace anju::platform::catalog
