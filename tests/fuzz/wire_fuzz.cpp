// Any text is a message or an error, and a message that is written down again is the same message.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "protocols/wire/detail.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/enrolment.hpp"
#include "protocols/wire/release.hpp"
#include "protocols/wire/topic.hpp"
#include "protocols/wire/up.hpp"

namespace {

using namespace anju::wire;

template <class Decode>
void read(const char* name, std::string_view text, Decode decode) {
  const auto message = decode(text);
  if (!message) return;
  const std::string again = encode(*message);
  const auto back = decode(again);
  if (back && encode(*back) == again) return;
  std::fprintf(stderr, "%s: %.*s\nwritten down: %s\n", name, static_cast<int>(text.size()), text.data(), again.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read("up", text, decode_up);
  read("event", text, decode_event);
  read("state", text, decode_state);
  read("live", text, decode_live);
  read("ack", text, decode_ack);
  read("command", text, decode_command);
  read("archive", text, decode_archive);
  read("enrolment", text, decode_enrolment);
  (void)read_code(text);
  (void)parse_release_keys(text);
  if (const auto version = parse_version(text); version && to_string(*version) != text) std::abort();
  // No fuzzer guesses the eight bytes in front: behind them it has to find a manifest by itself.
  constexpr std::string_view kBefore("ANJUREL1\0\0", 10);
  for (const std::string_view before : {std::string_view(), kBefore}) {
    const auto head = decode_release_head(std::string(before).append(text));
    if (head && (head->size > before.size() + text.size() || head->manifest.size < 1 || head->manifest.size > kMaxProgram)) std::abort();
  }
  if (const auto topic = parse_topic(text); topic && format(*topic) != text) std::abort();
  return 0;
}
