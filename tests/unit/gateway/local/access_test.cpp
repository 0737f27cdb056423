#include "gateway/local/access.hpp"

#include <map>
#include <random>

#include <doctest/doctest.h>

namespace anju::gateway::testing {
namespace {

base::Millis at(std::int64_t seconds) { return base::seconds(seconds); }
std::string token(int number) { return std::string(kTokenDigits - 2, 'A') + std::to_string(10 + number); }

Access access_of(std::string_view pin = "12345678") {
  Access access;
  access.pin(pin);
  return access;
}
/// Wrong tries one after the other, each as soon as it is taken; the waits that followed them, in seconds.
std::vector<std::int64_t> waits(Access& access, int tries) {
  std::vector<std::int64_t> waited;
  auto now = at(0);
  for (int i = 0; i < tries; ++i) {
    const auto entered = access.log_in("00000000", token(i), now);
    REQUIRE(!entered);
    REQUIRE(entered.error().is(AccessErrc::wrong_pin));
    waited.push_back(access.wait(now).value / 1000);
    now = now + access.wait(now);
  }
  return waited;
}

}  // namespace

TEST_CASE("access: a PIN has eight digits, whatever was drawn") {
  CHECK(make_pin(0) == "00000000");
  CHECK(make_pin(12) == "21000000");
  CHECK(make_pin(~std::uint64_t{0}).size() == kPinDigits);
  std::mt19937_64 random(20261122);
  std::map<std::pair<std::size_t, char>, int> counts;  // of each digit at each place
  for (int i = 0; i < 10'000; ++i) {
    const auto pin = make_pin(random());
    for (std::size_t place = 0; place < pin.size(); ++place) ++counts[{place, pin[place]}];
  }
  CHECK(counts.size() == 80);
  for (const auto& [which, count] : counts) CHECK((count > 850 && count < 1150));
}

TEST_CASE("access: of a PIN's file blanks and line ends are nothing, all else is no PIN") {
  CHECK(read_pin("12345678\n").value_or("") == "12345678");
  CHECK(read_pin(" 12345678\r\n").value_or("") == "12345678");
  for (const char* text : {"", "\n", "1234567", "123456789", "1234567a", "1234 5678", "１２３４５６７８"}) {
    INFO(text);
    const auto pin = read_pin(text);
    REQUIRE(!pin);
    CHECK(pin.error().is(AccessErrc::bad_pin));
  }
}

TEST_CASE("access: only the right PIN opens a session, and only its token is one") {
  auto access = access_of();
  for (const char* wrong : {"", "1234567", "123456789", "12345679"}) CHECK(!access.log_in(wrong, token(1), at(0)));
  CHECK(!access.admit(token(1), at(0)));
  REQUIRE(access.log_in("12345678", token(2), at(0)));
  CHECK(access.admit(token(2), at(1)));
  CHECK(!access.admit(token(3), at(1)));
  CHECK(!access.admit("", at(1)));
  CHECK(!access.admit(token(2) + "0", at(1)));
  access.log_out(token(2));
  CHECK(!access.admit(token(2), at(1)));
}

TEST_CASE("access: without a PIN nobody comes in, not even with an empty one") {
  Access access;
  CHECK(!access.log_in("", token(1), at(0)));
  access.pin("");
  CHECK(!access.log_in("", token(1), at(0)));
}

TEST_CASE("access: four wrong tries are free, then the wait doubles up to its limit, for everybody") {
  auto access = access_of();
  CHECK(waits(access, 12) == std::vector<std::int64_t>{0, 0, 0, 0, 10, 20, 40, 80, 160, 300, 300, 300});
  const auto end = at(10 + 20 + 40 + 80 + 160 + 300 + 300);
  const auto refused = access.log_in("12345678", token(50), end + at(1));
  REQUIRE(!refused);
  CHECK(refused.error().is(AccessErrc::too_many_tries));
  CHECK(refused.error().where == "299");
  CHECK(!access.admit(token(50), end + at(1)));
  REQUIRE(access.log_in("12345678", token(51), end + at(300)));
}

TEST_CASE("access: thousands of wrong tries wait no longer than the longest wait, and a success forgets them") {
  auto access = access_of();
  CHECK(waits(access, 3000).back() == kLongestWait.value / 1000);
  REQUIRE(access.log_in("12345678", token(1), at(10'000'000)));
  CHECK(!access.log_in("00000000", token(2), at(10'000'000)));
  CHECK(access.wait(at(10'000'000)).value == 0);
}

TEST_CASE("access: a refused try counts for nothing") {
  auto access = access_of();
  (void)waits(access, 4);
  REQUIRE(!access.log_in("00000000", token(1), at(0)));  // the fifth: ten seconds
  for (int i = 0; i < 100; ++i) CHECK(access.log_in("00000000", token(1), at(1)).error().is(AccessErrc::too_many_tries));
  CHECK(access.wait(at(1)).value == 9000);
}

TEST_CASE("access: who is in stays in while another is kept waiting") {
  auto access = access_of();
  REQUIRE(access.log_in("12345678", token(1), at(0)));
  for (int i = 0; i < 8; ++i) (void)access.log_in("00000000", token(2), at(0));
  CHECK(access.wait(at(0)).value > 0);
  CHECK(access.admit(token(1), at(1)));
}

TEST_CASE("access: a session ends after half an hour of silence, and after eight hours in any case") {
  auto access = access_of();
  REQUIRE(access.log_in("12345678", token(1), at(0)));
  CHECK(access.admit(token(1), at(1799)));
  CHECK(access.admit(token(1), at(1799 + 1799)));
  CHECK(!access.admit(token(1), at(1799 + 1799 + 1800)));
  REQUIRE(access.log_in("12345678", token(2), at(10'000)));
  std::int64_t now = 10'000;
  for (; now < 10'000 + 8 * 3600; now += 600) CHECK(access.admit(token(2), at(now)));
  CHECK(!access.admit(token(2), at(10'000 + 8 * 3600)));
}

TEST_CASE("access: the ninth session ends the one that was silent longest") {
  auto access = access_of();
  for (int i = 0; i < 8; ++i) REQUIRE(access.log_in("12345678", token(i), at(i)));
  CHECK(access.admit(token(0), at(20)));
  REQUIRE(access.log_in("12345678", token(8), at(21)));
  CHECK(access.sessions(at(21)) == kMostSessions);
  CHECK(!access.admit(token(1), at(21)));
  CHECK(access.admit(token(0), at(21)));
  CHECK(access.admit(token(8), at(21)));
}

TEST_CASE("access: another PIN ends every session, the same one none") {
  auto access = access_of();
  REQUIRE(access.log_in("12345678", token(1), at(0)));
  access.pin("12345678");
  CHECK(access.admit(token(1), at(1)));
  access.pin("87654321");
  CHECK(!access.admit(token(1), at(1)));
  CHECK(!access.log_in("12345678", token(2), at(1)));
  CHECK(access.log_in("87654321", token(2), at(1)));
}

}  // namespace anju::gateway::testing
