#include <algorithm>

#include "platform/catalog/masking.hpp"
#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

std::string_view pattern_of(Format format) {
  switch (format) {
    case Format::any:
    case Format::whole:  // a form that sends back the mask it was shown changes nothing: the platform looks
    case Format::permissions: return {};
    case Format::mobile: return R"(^1\d{10}$)";
    case Format::asset_number: return R"(^\d{8}$)";
    case Format::email: return R"(^[^@\s]+@[^@\s]+$)";
  }
  return {};
}

const char* rule_of(Format format) {
  switch (format) {
    case Format::any: return "may be anything";
    case Format::whole: return "must be the whole text, not a mask such as 138****0001";
    case Format::permissions: return "must be codes of permissions";
    case Format::asset_number: return "must be eight digits";
    case Format::mobile: return "must be a mobile number: 1 and ten digits";
    case Format::email: return "must be an address such as name@example.com";
  }
  return "";
}

bool fits(Format format, std::string_view text) {
  switch (format) {
    case Format::any:
    case Format::permissions: return true;
    case Format::whole: return !is_mask(text);
    case Format::asset_number:
      return text.size() == 8 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    case Format::mobile:
      return text.size() == 11 && text.front() == '1' && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    case Format::email: {
      const auto at = text.find('@');
      return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
             text.find(' ') == std::string_view::npos;
    }
  }
  return false;
}

}  // namespace anju::platform::catalog
