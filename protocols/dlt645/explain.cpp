#include "protocols/dlt645/explain.hpp"

#include <span>
#include <utility>

#include "protocols/dlt645/candidate.hpp"
#include "protocols/dlt645/explain_message.hpp"
#include "protocols/dlt645/fields.hpp"
#include "protocols/dlt645/frame.hpp"
#include "protocols/dlt645/function.hpp"

namespace anju::dlt645 {
namespace {

std::string hex(std::uint8_t value) {
  const std::byte byte{value};
  return base::to_hex({&byte, 1});
}

/// Control 11 with a two-byte identifier, or 01 with four bytes: a library in the field sends the first and calls it
/// 1997.
bool is_mixed(const Control& control, const Frame& frame) {
  const std::size_t other = control.edition == Edition::y2007 ? 2 : 4;
  return control.function == Function::read_data && !control.from_meter && frame.data.size() == other;
}

std::string protocol_of(const Frame& frame) {
  const auto control = parse_control(frame.control);
  if (!control) return "dlt645";
  return is_mixed(*control, frame) ? "mixed" : std::string(to_string(control->edition));
}

void add_front(Explanation& out, const Frame& frame, std::size_t preamble, std::size_t skipped) {
  out.facts.push_back({"protocol", protocol_of(frame)});
  out.facts.push_back({"preamble_fe", static_cast<std::int64_t>(preamble)});
  if (skipped > 0) out.facts.push_back({"leading_noise_bytes", static_cast<std::int64_t>(skipped)});
  out.facts.push_back({"address", frame.address.text()});
  out.facts.push_back({"control", hex(frame.control)});
}

void explain_found(Explanation& out, base::ByteView bytes, const Found& found) {
  const Frame& frame = found.frame;
  const auto control = parse_control(frame.control);
  const bool from_meter = (frame.control & kFromMeter) != 0;
  add_front(out, frame, found.preamble, found.skipped);
  out.facts.push_back({"direction", std::string(from_meter ? "meter" : "master")});
  if (control && control->error) out.facts.push_back({"error_reply", true});
  if (control && control->more) out.facts.push_back({"more_follows", true});
  if (control) out.facts.push_back({"function", std::string(to_string(control->function))});
  out.facts.push_back({"length", static_cast<std::int64_t>(frame.data.size())});
  out.facts.push_back({"data_wire", base::to_hex(frame.data)});
  out.facts.push_back({"checksum", hex(base::to_u8(bytes[found.consumed - 2]))});
  out.consumed = found.consumed;

  if (!Address::parse(frame.address.text())) {
    out.remarks.emplace_back(Errc::bad_address, frame.address.text());
  } else if (from_meter && !frame.address.is_exact()) {
    out.remarks.emplace_back(Errc::bad_address, "a reply that carries AA cannot be attributed on a shared line");
  }
  if (control) {
    explain_message(out, frame, *control);
  } else {
    out.remarks.push_back(control.error());
  }
  if (found.consumed < bytes.size()) {
    out.facts.push_back({"trailing_bytes", static_cast<std::int64_t>(bytes.size() - found.consumed)});
  }
}

/// What can still be said of the first candidate that looked whole and was not.
void explain_suspect(Explanation& out, base::ByteView bytes) {
  const auto suspect = base::search_frame(bytes, kLayout).suspect;
  if (!suspect || suspect->candidate.shape == base::Shape::too_long) return;
  const Frame frame = fields_of(bytes.subspan(suspect->at), suspect->candidate);
  const std::size_t preamble = base::preamble_before(bytes, suspect->at);
  add_front(out, frame, preamble, suspect->at - preamble);
  out.facts.push_back({"length", static_cast<std::int64_t>(frame.data.size())});
  out.facts.push_back({"checksum", hex(suspect->candidate.checksum_right)});
  out.facts.push_back({"checksum_found", hex(suspect->candidate.checksum_found)});
}

}  // namespace

Explanation explain(base::ByteView bytes) {
  Explanation out;
  const auto found = find_frame_at_end(bytes);
  if (found) {
    explain_found(out, bytes, *found);
    return out;
  }
  explain_suspect(out, bytes);
  out.facts.push_back({"error", std::string(found.error().code)});
  out.refused = found.error();
  if (looks_like_parity_mismatch(bytes)) {
    out.refused->where =
        "the preamble is intact and the rest is not: looks like a parity mismatch (8N1 instead of 8E1)";
  }
  return out;
}

bool looks_like_parity_mismatch(base::ByteView bytes) {
  constexpr std::size_t kLeastPreamble = 2, kLeastBody = 8;  // 8 bytes reach the second 68
  std::size_t at = 0;
  while (at < bytes.size() && base::preamble_before(bytes, at) < kLeastPreamble) ++at;
  while (at < bytes.size() && bytes[at] == std::byte{0xFE}) ++at;
  if (bytes.size() - at < kLeastBody) return false;
  for (std::size_t i = at; i < bytes.size(); ++i) {
    const base::Shape shape = base::judge(bytes.subspan(i), kLayout).shape;
    // The beginning of a frame in the last bytes may be chance; one that has both 68 is none.
    if (shape != base::Shape::none && shape != base::Shape::unfinished) return false;
    if (shape == base::Shape::unfinished && bytes.size() - i >= kLeastBody) return false;
  }
  return true;
}

}  // namespace anju::dlt645
