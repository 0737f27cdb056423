#include "firmware-sim/devices/wire.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace anju;
using sim::WireQueue;

namespace {

base::Bytes bytes(const std::string& hex) {
  return base::from_hex(hex).value();
}

/// Everything that has arrived by then, in hex.
std::string drain(WireQueue& queue, std::int64_t now_us) {
  base::Bytes arrived;
  while (const sim::WireByte* byte = queue.arrived(now_us)) {
    arrived.push_back(byte->value);
    queue.pop();
  }
  return base::to_hex(arrived);
}

}  // namespace

TEST_CASE("wire: a character has eleven bits and is never faster than the real one") {
  CHECK(sim::character_us(1200) == 9167);  // 9166.67
  CHECK(sim::character_us(2400) == 4584);  // 4583.33
  CHECK(sim::character_us(9600) == 1146);  // 1145.83
  CHECK(sim::character_us(1000) == 11'000);
}

TEST_CASE("wire: a byte arrives when its last bit has") {
  WireQueue queue;
  CHECK(queue.send(bytes("0102"), 1000, 100) == 0);
  CHECK(queue.busy_until_us() == 1200);
  CHECK(drain(queue, 1099) == "");
  CHECK(drain(queue, 1100) == "01");
  CHECK(drain(queue, 1199) == "");
  CHECK(drain(queue, 1200) == "02");
}

TEST_CASE("wire: bursts with silence between them stay apart and in order") {
  WireQueue queue;
  queue.send(bytes("0A0B"), 5000, 100);
  CHECK(queue.send(bytes("0102"), 1000, 100) == 0);
  CHECK(queue.burst_end_us() == 1200);
  CHECK(drain(queue, 9999) == "01020A0B");
}

TEST_CASE("wire: two senders in step leave the zeros of both, alike bytes survive") {
  WireQueue queue;
  queue.send(bytes("F00F68"), 1000, 100);
  CHECK(queue.send(bytes("FF0368"), 1010, 100) == 3);
  CHECK(drain(queue, 9999) == "F00368");
}

TEST_CASE("wire: two senders out of step leave nothing of either") {
  WireQueue queue;
  queue.send(bytes("6868"), 1000, 100);
  CHECK(queue.send(bytes("6868"), 1050, 100) == 2);
  const std::string heard = drain(queue, 9999);
  CHECK(heard.find("68") == std::string::npos);
}

TEST_CASE("wire: a sender that ends later still ends what is heard") {
  WireQueue queue;
  queue.send(bytes("AA"), 1000, 100);
  queue.send(bytes("AA55"), 1000, 100);
  CHECK(queue.burst_end_us() == 1200);
  CHECK(drain(queue, 9999) == "AA55");
}

TEST_CASE("wire: disturbing damages exactly the bytes that overlap") {
  WireQueue queue;
  queue.send(bytes("01020304"), 1000, 100);
  CHECK(queue.disturb(1150, 1250) == 2);
  const std::string heard = drain(queue, 9999);
  CHECK(heard.substr(0, 2) == "01");
  CHECK(heard.substr(2, 2) != "02");
  CHECK(heard.substr(4, 2) != "03");
  CHECK(heard.substr(6, 2) == "04");
}

TEST_CASE("wire: garbage is never the byte itself") {
  for (int value = 0; value < 256; ++value) {
    for (std::size_t position = 0; position < 5; ++position) {
      REQUIRE(sim::garbled(std::byte(value), position) != std::byte(value));
    }
  }
}

TEST_CASE("wire: what goes beyond the limit is lost, not kept") {
  WireQueue queue;
  queue.send(base::Bytes(WireQueue::kMaxBytes + 10), 0, 1);
  CHECK(queue.busy_until_us() == static_cast<std::int64_t>(WireQueue::kMaxBytes));
}
