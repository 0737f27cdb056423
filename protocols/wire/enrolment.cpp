#include "protocols/wire/enrolment.hpp"

#include <algorithm>

#include "protocols/wire/errc.hpp"
#include "protocols/wire/fields.hpp"
#include "protocols/wire/json_text.hpp"

namespace anju::wire {
namespace {

bool is_key(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool is_broker(std::string_view text) {
  constexpr std::size_t kMost = 300;
  const bool known = text.starts_with("mqtt://") || text.starts_with("mqtts://");
  return known && text.size() <= kMost && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

/// They go into a file between quotes.
bool is_login(std::string_view text) {
  constexpr std::size_t kMost = 64;
  return text.size() <= kMost && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
         });
}

/// Read here because it is longer than other texts may be.
base::Result<> read_ca(const boost::json::object& object, std::string& out) {
  const auto* value = object.if_contains("ca");
  if (value == nullptr) return {};
  const auto* text = value->if_string();
  if (text == nullptr) return base::fail(Errc::bad_field, "ca");
  out.assign(text->data(), text->size());
  if (!out.empty() && !out.starts_with("-----BEGIN CERTIFICATE-----")) return base::fail(Errc::bad_field, "ca");
  return {};
}

}  // namespace

base::Result<std::string> read_code(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (kCodeAlphabet.find(c) == std::string_view::npos || code.size() == kCodeLength) return base::fail(Errc::bad_field, "code");
    code += c;
  }
  if (code.size() != kCodeLength) return base::fail(Errc::bad_field, "code");
  return code;
}

std::string shown_code(std::string_view code) {
  return std::string(code.substr(0, kCodeLength / 2)) + "-" + std::string(code.substr(std::min(code.size(), kCodeLength / 2)));
}

bool is_pin(std::string_view text) {
  constexpr std::string_view kKind = "sha256//";
  constexpr std::size_t kBase64 = 44;  // of 32 bytes, the last character is '='
  if (!text.starts_with(kKind)) return false;
  text.remove_prefix(kKind.size());
  return text.size() == kBase64 && text.back() == '=' && std::all_of(text.begin(), text.end() - 1, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/';
  });
}

std::string encode(const Enrolment& enrolment) {
  std::string out;
  ObjectText text(out);
  text.plain("site", enrolment.site.value).plain("gateway", enrolment.gateway.value).plain("key", enrolment.key).text("broker_url", enrolment.broker_url);
  text.text("user", enrolment.user).text("password", enrolment.password).text("ca", enrolment.ca);
  text.close();
  return out;
}

base::Result<Enrolment> decode_enrolment(std::string_view body) {
  if (body.size() > kMaxEnrolment) return base::fail(Errc::too_large);
  const Document document(body);
  const auto object = document.object();
  if (!object) return base::pass(object);
  Enrolment out;
  auto read = Fields(**object)
                  .need("site", out.site)
                  .need("gateway", out.gateway)
                  .need_text("key", out.key, is_key)
                  .need_text("broker_url", out.broker_url, is_broker)
                  .may_text("user", out.user, is_login)
                  .may_text("password", out.password, is_login)
                  .done();
  if (read) read = read_ca(**object, out.ca);
  if (!read) return base::pass(read);
  return out;
}

}  // namespace anju::wire
