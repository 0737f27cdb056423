// Each cause from what a real Line kept of it: meters, masters and faults are played around it in virtual time.

#include "gateway/core/line_findings.hpp"

#include <functional>
#include <random>

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/fake_bus.hpp"
#include "tests/unit/gateway/core/uart_wire.hpp"

namespace anju::gateway::testing {
namespace {

constexpr std::uint32_t kTotal = 0x00010000, kBlock = 0x0001FF00;
const std::string kA = "000000000161", kB = "000000000002", kC = "000000000003";

/// What comes, and how long after what came before it.
struct Sound {
  base::Bytes bytes;
  base::Millis after{150};
};
using Sounds = std::vector<Sound>;

/// A line on which a test answers each question by itself.
struct FaultyLine {
  Line line;
  base::UtcMillis now{1'800'000'000'000};
  std::vector<FakeMeter> meters{make_fake(kA), make_fake(kB), make_fake(kC)};
  std::function<Sounds(const std::string& address, base::Bytes question, base::Bytes answer)> plays = [](const std::string&, base::Bytes, base::Bytes answer) {
    return Sounds{{std::move(answer)}};
  };
  std::uint64_t asked = 0;
  std::mt19937 random{11};

  FaultyLine() { pump(line.step(PortOpened{}, now)); }

  void ask(const std::string& address, int times = 1, int tries = 1, std::uint32_t di = kTotal) {
    for (int i = 0; i < times; ++i) {
      LineBench helper;
      auto exchange = helper.read(address, di, ++asked, Priority::control);
      exchange.tries = tries;
      pump(line.step(Submit{std::move(exchange)}, now));
      now = now + base::seconds(10);
      pump(line.step(Tick{}, now));
    }
  }
  /// Nobody asked for these.
  void hear(base::Bytes bytes) {
    pump(line.step(Received{std::move(bytes)}, now));
    now = now + base::seconds(5);
  }
  void pump(const LineActions& actions) {
    for (const auto& action : actions) {
      if (const auto* write = std::get_if<Write>(&action)) answer(write->bytes);
    }
    while (!playing_) {
      if (!sounds_.empty()) {
        auto sound = std::move(sounds_.front());
        sounds_.erase(sounds_.begin());
        now = now + sound.after;
        step(Received{std::move(sound.bytes)});
      } else if (const auto wake = line.wake()) {
        now = std::max(now, *wake);
        step(Tick{});
      } else {
        return;
      }
    }
  }
  [[nodiscard]] std::vector<LineFinding> causes() const { return find_causes(line.traces(), now); }
  /// "parity likely m000000000161 10/10; …"
  [[nodiscard]] std::string told() const {
    std::string text;
    for (const auto& one : causes()) {
      text += (text.empty() ? "" : "; ") + std::string(to_string(one.cause)) + " " + std::string(to_string(one.confidence)) +
              (one.device.value.empty() ? "" : " " + one.device.value) + " " + std::to_string(one.seen) + "/" + std::to_string(one.of);
    }
    return text;
  }
  /// A bit of its value is wrong.
  base::Bytes spoilt(base::Bytes bytes) {
    constexpr std::size_t kValueAt = 18, kValue = 4;
    bytes[kValueAt + random() % kValue] ^= static_cast<std::byte>(1U << (random() % 8));
    return bytes;
  }

 private:
  void step(LineEvent event) {
    playing_ = true;
    pump(line.step(std::move(event), now));
    playing_ = false;
  }
  void answer(const base::Bytes& question) {
    const auto frame = dlt645::find_frame(question)->frame;
    base::Bytes healthy;
    for (auto& meter : meters) {
      if (const auto said = meter.answer(frame, now)) healthy = *dlt645::encode(*said, 4);
    }
    for (auto& sound : plays(frame.address.text(), question, healthy)) {
      if (!sound.bytes.empty()) sounds_.push_back(std::move(sound));
    }
  }
  Sounds sounds_;
  bool playing_ = false;
};

base::Bytes joined(base::Bytes a, const base::Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}
/// A question as another master puts it.
base::Bytes question_of(const std::string& address) {
  LineBench helper;
  return *encode(helper.read(address, kTotal, 1).request, 4);
}

}  // namespace

TEST_CASE("findings: a healthy line, one with dead meters and one of only dead meters have none") {
  FaultyLine b;
  CHECK(b.told().empty());
  for (int i = 0; i < 30; ++i) b.ask(kA), b.ask(kB), b.ask(kC);
  CHECK(b.told().empty());
  b.meters[1].silent = true;
  for (int i = 0; i < 15; ++i) b.ask(kA), b.ask(kB);
  CHECK(b.told().empty());
  for (auto& meter : b.meters) meter.silent = true;
  b.ask(kA, 40), b.ask(kB, 40);
  CHECK(b.told().empty());
}

TEST_CASE("findings: parity, of one meter or of the line") {
  FaultyLine b;
  b.plays = [](const std::string& address, base::Bytes, base::Bytes answer) {
    return Sounds{{address == kB ? answer : as_read(answer, {2400, true}, {2400, false})}};
  };
  b.ask(kB, 10), b.ask(kA, 4);
  CHECK(b.told().empty());
  b.ask(kA, 6);
  CHECK(b.told() == "parity likely m000000000161 10/10");
  b.ask(kC, 10);
  CHECK(b.told() == "parity likely 20/20");
}

TEST_CASE("findings: another master is certain by his questions, whatever he speaks, and possible by speech that nobody understands") {
  FaultyLine b;
  b.ask(kA, 10);
  b.hear(joined(question_of(kB), *dlt645::encode(*b.meters[1].answer(dlt645::find_frame(question_of(kB))->frame, b.now), 4)));
  CHECK(b.told().empty());  // a tool that was just unplugged
  b.hear(*modbus::rtu::encode(*modbus::make_request(1, modbus::Read{modbus::Function::read_holding_registers, 0, 4})));
  CHECK(b.told() == "second_master certain 2/12");

  FaultyLine same;  // the old concentrator asks what we ask
  same.ask(kA, 3);
  same.hear(question_of(kA)), same.hear(question_of(kA));
  CHECK(same.told() == "second_master certain 2/5");

  FaultyLine inside;  // between our question and its answer
  inside.plays = [](const std::string&, base::Bytes, base::Bytes answer) { return Sounds{{question_of(kC)}, {answer}}; };
  inside.ask(kA, 5);
  CHECK(inside.told() == "second_master certain 5/5");

  FaultyLine strange;
  strange.ask(kA, 10);
  for (int i = 0; i < 3; ++i) strange.hear(bytes_of("A55BD70B2AE3914D"));
  CHECK(strange.told() == "second_master possible 3/13");
}

TEST_CASE("findings: a master at a lower rate is told as another rate") {
  FaultyLine b;
  b.ask(kA, 10);
  for (int i = 0; i < 3; ++i) b.hear(as_read(question_of(kB), {2400, true}, {9600, true}));
  CHECK(b.told() == "other_rate likely 3/13");
}

TEST_CASE("findings: two meters with one address answer one question twice; a late answer is none of that") {
  FaultyLine b;
  b.plays = [](const std::string& address, base::Bytes, base::Bytes answer) {
    return address == kA ? Sounds{{answer}, {answer, base::Millis(200)}} : Sounds{{answer}};
  };
  b.ask(kA);
  CHECK(b.told().empty());
  b.ask(kA, 4), b.ask(kB, 5);
  CHECK(b.told() == "same_address certain m000000000161 5/5");

  FaultyLine together;  // in the same bytes, as a serial server delivers them
  together.plays = [](const std::string&, base::Bytes, base::Bytes answer) { return Sounds{{joined(answer, answer)}}; };
  together.ask(kA, 3);
  CHECK(together.told() == "same_address certain m000000000161 3/3");

  FaultyLine late;  // each second try gets the answer to the first, and then its own
  int n = 0;
  late.plays = [&n](const std::string&, base::Bytes, base::Bytes answer) {
    return ++n % 2 == 1 ? Sounds{} : Sounds{{answer, base::Millis(200)}, {answer, base::Millis(200)}};
  };
  late.ask(kA, 10, 2);
  REQUIRE(late.line.statistics().counts.ok == 10);
  CHECK(late.told().empty());
}

TEST_CASE("findings: damage of one meter only may be two meters with its address") {
  FaultyLine b;
  b.plays = [&b](const std::string& address, base::Bytes, base::Bytes answer) { return Sounds{{address == kA ? b.spoilt(answer) : answer}}; };
  b.ask(kA, 8), b.ask(kB, 8);
  CHECK(b.told() == "termination possible 8/16");  // the others have not said enough yet
  b.ask(kC, 8);
  CHECK(b.told() == "one_device possible m000000000161 8/8");
}

TEST_CASE("findings: exchanged wires: a break after each question, or another's speech upside down, and never a frame") {
  FaultyLine b;
  b.plays = [](const std::string&, base::Bytes, base::Bytes) { return Sounds{{bytes_of("00"), base::Millis(20)}}; };
  b.ask(kA, 4);
  CHECK(b.told().empty());
  b.ask(kB, 4);
  CHECK(b.told() == "reversed_pair possible 8/8");
  b.plays = [](const std::string&, base::Bytes, base::Bytes answer) { return Sounds{{answer}}; };
  b.ask(kC);
  CHECK(b.told().find("reversed") == std::string::npos);

  FaultyLine heard;
  for (auto& meter : heard.meters) meter.silent = true;
  heard.ask(kA, 3);
  for (int i = 0; i < 3; ++i) heard.hear(as_read(question_of(kA), {2400, true}, {2400, true}, true));
  CHECK(heard.told() == "reversed_pair likely 3/6");
}

TEST_CASE("findings: 00 and FF beside whole frames are a line that nobody holds") {
  FaultyLine b;
  b.plays = [](const std::string&, base::Bytes, base::Bytes answer) { return Sounds{{joined(bytes_of("FF"), answer)}, {bytes_of("00"), base::Millis(30)}}; };
  b.ask(kA, 10);
  CHECK(b.told() == "no_bias likely 20/20");

  FaultyLine one;  // some meters say FF before they speak
  one.plays = [](const std::string& address, base::Bytes, base::Bytes answer) { return Sounds{{address == kA ? joined(bytes_of("FF"), answer) : answer}}; };
  one.ask(kA, 10), one.ask(kB, 10);
  CHECK(one.told() == "no_bias possible m000000000161 10/10");
}

TEST_CASE("findings: an echo is named, and is no second answer") {
  FaultyLine b;
  b.plays = [](const std::string&, base::Bytes question, base::Bytes answer) { return Sounds{{question, base::Millis(5)}, {answer}}; };
  b.ask(kA, 6), b.ask(kB, 6);
  CHECK(b.told() == "echo certain 12/12");
}

TEST_CASE("findings: answers that break off are the adapter's") {
  FaultyLine b;
  b.plays = [](const std::string& address, base::Bytes, base::Bytes answer) {
    if (address == kA) answer.resize(16);
    return Sounds{{answer}};
  };
  b.ask(kB, 12), b.ask(kA, 6);
  CHECK(b.told() == "breaks_off likely m000000000161 6/6");

  FaultyLine longer;  // where only long ones are damaged, something runs out in the middle
  longer.plays = [&longer](const std::string&, base::Bytes, base::Bytes answer) { return Sounds{{answer.size() > 36 ? longer.spoilt(answer) : answer}}; };
  longer.ask(kA, 8, 1, kBlock), longer.ask(kB, 8);
  CHECK(longer.told() == "termination possible 8/16");  // too few short ones to tell
  longer.ask(kC, 8);
  CHECK(longer.told() == "breaks_off possible 8/8");
}

TEST_CASE("findings: damage on several meters: with glitches between the frames interference, else termination; a little is nothing") {
  FaultyLine b;
  int n = 0;
  b.plays = [&](const std::string&, base::Bytes, base::Bytes answer) { return Sounds{{++n % 4 == 0 ? b.spoilt(answer) : answer}}; };
  for (int i = 0; i < 15; ++i) b.ask(kA), b.ask(kB), b.ask(kC);
  CHECK(b.told() == "termination possible 11/45");
  for (const auto* glitch : {"A7", "13C1", "5B"}) b.hear(bytes_of(glitch));
  CHECK(b.told() == "interference likely 11/45");
  b.now = b.now + base::hours(2);
  CHECK(b.told().empty());  // what was so then says nothing of now

  FaultyLine little;
  int m = 0;
  little.plays = [&](const std::string&, base::Bytes, base::Bytes answer) { return Sounds{{++m % 24 == 0 ? little.spoilt(answer) : answer}}; };
  for (int i = 0; i < 33; ++i) little.ask(kA), little.ask(kB), little.ask(kC);
  CHECK(little.line.statistics().counts.bad_frames == 4);
  CHECK(little.told().empty());
}

}  // namespace anju::gateway::testing
