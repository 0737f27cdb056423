#include "protocols/wire/release.hpp"

#include <doctest/doctest.h>
#include <random>
#include <string>

#include "tests/unit/protocols/noise.hpp"
#include "tests/unit/protocols/wire/signed_release.hpp"

using namespace anju;
using namespace anju::wire;

TEST_CASE("release: a version has three numbers and one text") {
  for (const char* text : {"0.0.0", "1.2.3", "10.0.99999"}) {
    const auto version = parse_version(text);
    REQUIRE(version);
    CHECK(to_string(*version) == text);
  }
  for (const char* text : {"", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.3-rc", "1..3", "-1.2.3", "1.2.100000", "1.2.3 ", "1.-0.3", "99999999999.0.0"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_version(text));
  }
  CHECK(*parse_version("0.9.0") < *parse_version("0.10.0"));
}

TEST_CASE("release: head, signature and keys of a good one") {
  const Maker maker(1), other(2);
  const std::string file = maker.release(manifest_text(), "program");
  const auto head = decode_release_head(file);
  REQUIRE(head);
  CHECK(to_string(head->manifest.version) == "0.2.0");
  CHECK(head->manifest.architecture == "amd64");
  CHECK(head->file_size() == static_cast<std::int64_t>(file.size()));
  CHECK(file.substr(head->size) == "program");
  const auto keys = parse_release_keys("# makers\n\n" + other.key_line() + "\r\n  " + maker.key_line() + " the factory");
  REQUIRE(keys);
  REQUIRE(keys->size() == 2);
  CHECK(keys->at(0).name.empty());
  CHECK(keys->at(1).name == "the factory");
  CHECK(check_signature(*head, *keys));
}

TEST_CASE("release: no key, another key and any changed bit of what is signed are refused") {
  const Maker maker(1), other(2);
  const std::string file = maker.release(manifest_text(), "program");
  const auto keys = *parse_release_keys(maker.key_line());
  const auto head = decode_release_head(file);
  REQUIRE(head);
  CHECK(check_signature(*head, {}).error().is(ReleaseErrc::no_keys));
  CHECK(check_signature(*head, *parse_release_keys(other.key_line())).error().is(ReleaseErrc::untrusted));
  for (std::size_t at = 0; at < head->size; ++at) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto read = decode_release_head(changed);
    CAPTURE(at);
    CHECK((!read || !check_signature(*read, keys)));
  }
}

TEST_CASE("release: what is cut off anywhere in its head is none") {
  const std::string file = Maker(1).release(manifest_text(), "program");
  const std::size_t head = decode_release_head(file)->size;
  for (std::size_t size = 0; size < head; ++size) CHECK(decode_release_head(file.substr(0, size)).error().is(ReleaseErrc::not_a_release));
}

TEST_CASE("release: a manifest is refused by the name of its field") {
  struct Case {
    const char *from, *to, *field;
  };
  for (const Case& one : {Case{R"("version":"0.2.0")", R"("version":"0.2")", "version"}, Case{R"("version":"0.2.0",)", "", "version"},
                          Case{R"("architecture":"amd64")", R"("architecture":"x86-64")", "architecture"}, Case{R"("size":7)", R"("size":0)", "size"},
                          Case{R"("size":7)", R"("size":67108865)", "size"}, Case{R"("size":7)", R"("size":"7")", "size"},
                          Case{R"("product":"anju-gateway")", R"("product":"a/b")", "product"},
                          Case{R"("minimum":"0.1.0")", R"("minimum":1)", "minimum"},
                          Case{R"("spool":1)", R"("spool":1001)", "spool"}, Case{R"("sha256":"0)", R"("sha256":"G)", "sha256"}}) {
    std::string text = manifest_text();
    const auto at = text.find(one.from);
    CAPTURE(one.to);
    REQUIRE(at != std::string::npos);
    text.replace(at, std::string_view(one.from).size(), one.to);
    const auto head = decode_release_head(Maker(1).release(text, "program"));
    REQUIRE_FALSE(head);
    CHECK(head.error().is(ReleaseErrc::bad_manifest));
    CHECK(head.error().where == one.field);
  }
  for (const char* text : {"[]", "{]", "{}", "  "}) {
    CHECK(decode_release_head(Maker(1).release(text, "")).error().is(ReleaseErrc::bad_manifest));
  }
  CHECK(decode_release_head(Maker(1).release(std::string(kMaxManifest + 1, ' '), "")).error().is(ReleaseErrc::not_a_release));
}

TEST_CASE("release: any bytes give a head or an error") {
  const std::uint64_t seed = noise::seed();
  MESSAGE("ANJU_SEED=" << seed);
  std::mt19937_64 random(seed);
  const Maker maker(1);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes = i % 2 == 0 ? std::string("ANJUREL1") : maker.release(manifest_text(), "");
    if (i % 2 == 0) {
      for (auto count = random() % 300; count > 0; --count) bytes += static_cast<char>(random() & 0xff);
    } else {
      bytes[random() % bytes.size()] = static_cast<char>(random() & 0xff);
    }
    const auto head = decode_release_head(bytes);
    if (head) CHECK(head->size <= bytes.size());
  }
}

TEST_CASE("release: a file of keys is refused by its line") {
  const std::string key = Maker(1).key_line();
  CHECK(parse_release_keys("")->empty());
  CHECK(parse_release_keys("# none\n")->empty());
  CHECK(parse_release_keys("# makers\n" + key.substr(1)).error().where == "line 2");
  CHECK(parse_release_keys(key + "0").error().where == "line 1");
  std::string many;
  for (std::size_t i = 0; i <= kMaxReleaseKeys; ++i) many += key + "\n";
  CHECK(parse_release_keys(many).error().is(ReleaseErrc::bad_keys));
}

TEST_CASE("release: it has to fit what is there") {
  const auto manifest = decode_release_head(Maker(1).release(manifest_text(), "program"))->manifest;
  const auto version = [](const char* text) { return *parse_version(text); };
  const ReleaseHost host{"anju-gateway", "amd64", version("0.1.5"), 1};
  CHECK(check_fits(manifest, host));
  const auto why = [&](ReleaseHost other) { return check_fits(manifest, other).error().code; };
  CHECK(why({"anju-sim", "amd64", host.running, 1}) == "wrong_product");
  CHECK(why({"anju-gateway", "arm64", host.running, 1}) == "wrong_architecture");
  CHECK(why({"anju-gateway", "amd64", version("0.2.0"), 1}) == "not_newer");
  CHECK(why({"anju-gateway", "amd64", version("1.0.0"), 1}) == "not_newer");
  CHECK(why({"anju-gateway", "amd64", version("0.0.9"), 1}) == "too_old");
  CHECK(why({"anju-gateway", "amd64", host.running, 2}) == "other_spool");
}

TEST_CASE("release: the hash is SHA-256, in pieces, too") {
  // FIPS 180-2, appendix B.1.
  ProgramHash hash;
  hash.add("a", 1);
  hash.add("bc", 2);
  CHECK(hash.digits() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
