#include "protocols/wire/upgrade.hpp"

#include <algorithm>
#include <array>

#include "protocols/base/id.hpp"
#include "protocols/wire/enrolment.hpp"
#include "protocols/wire/fields.hpp"
#include "protocols/wire/json_text.hpp"
#include "protocols/wire/upgrade_fields.hpp"

namespace anju::wire {

// Indexed by the enumerator.
static constexpr std::array<std::string_view, 8> kSteps{"waiting",   "downloading", "offered", "trial",
                                                        "installed", "rolled_back", "refused", "failed"};

// Found by Fields by the type of the argument, like those of up.cpp.
static base::Result<> read(const boost::json::value& value, Version& out) {
  std::string text;
  if (auto taken = read(value, text); !taken) return taken;
  const auto version = parse_version(text);
  if (!version) return base::fail(Errc::bad_field);
  out = *version;
  return {};
}

base::Result<> read(const boost::json::value& value, ReleaseOrder& out) {
  return Fields(value)
      .need_id("order", out.order)
      .need("version", out.version)
      .need("size", out.size, 1, kMaxRelease)
      .need_text("sha256", out.sha256, is_sha256)
      .need_text("url", out.url, is_download_url)
      .may_text("pin", out.pin, is_pin)
      .done();
}

base::Result<> read(const boost::json::value& value, UpgradeProgress& out) {
  return Fields(value)
      .need_id("order", out.order)
      .need("version", out.version)
      .need_name("step", kSteps, out.step)
      .may_text("reason", out.reason, base::is_id)
      .may("bytes", out.bytes, 0, kMaxRelease)
      .need("at", out.at)
      .done();
}

void append(std::string& out, const ReleaseOrder& order) {
  ObjectText object(out);
  object.plain("order", order.order).plain("version", to_string(order.version)).number("size", order.size).plain("sha256", order.sha256);
  object.text("url", first_characters(order.url, kMaxText));
  if (!order.pin.empty()) object.text("pin", order.pin);
  object.close();
}

void append(std::string& out, const UpgradeProgress& progress) {
  ObjectText object(out);
  object.plain("order", progress.order).plain("version", to_string(progress.version)).plain("step", to_string(progress.step));
  if (!progress.reason.empty()) object.text("reason", progress.reason);
  if (progress.bytes != 0) object.number("bytes", progress.bytes);
  object.number("at", progress.at.value).close();
}

bool is_over(UpgradeStep step) {
  switch (step) {
    case UpgradeStep::waiting:
    case UpgradeStep::downloading:
    case UpgradeStep::offered:
    case UpgradeStep::trial: return false;
    case UpgradeStep::installed:
    case UpgradeStep::rolled_back:
    case UpgradeStep::refused:
    case UpgradeStep::failed: return true;
  }
  return true;
}

std::string_view to_string(UpgradeStep step) {
  return name_of(kSteps, step);
}

bool is_download_url(std::string_view text) {
  const bool known = text.starts_with("http://") || text.starts_with("https://");
  return known && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

}  // namespace anju::wire
