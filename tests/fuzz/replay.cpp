// Feeds a corpus to LLVMFuzzerTestOneInput without libFuzzer, so that every compiler runs it in ctest.
// Usage: replay [--write FOLDER | --texts] FILE...
// A *.json file is a file of vectors: every "hex" in it is fed whole, cut at each length and with each bit flipped; any
// other file is fed as it is (a finding of the fuzzer). --write puts the vectors into FOLDER as the fuzzer's first
// corpus. --texts: the files are inputs themselves, fed whole, cut at each length and with each bit flipped.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using anju::base::Bytes;

int fed = 0;

void feed(anju::base::ByteView bytes) {
  std::vector<std::uint8_t> copy;  // exactly as long as the input, so that a sanitizer sees a read beyond it
  for (const std::byte b : bytes) copy.push_back(anju::base::to_u8(b));
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
  ++fed;
}

void feed_variants(Bytes bytes) {
  for (std::size_t length = 0; length <= bytes.size(); ++length) feed(anju::base::ByteView(bytes).first(length));
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const std::byte mask{static_cast<unsigned char>(1U << (bit % 8))};
    bytes[bit / 8] ^= mask;
    feed(bytes);
    bytes[bit / 8] ^= mask;
  }
}

bool write(const std::filesystem::path& folder, const Bytes& bytes) {
  std::ofstream file(folder / anju::base::to_hex(bytes), std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return file.good();
}

bool feed_vectors(std::string_view json, const std::filesystem::path& corpus) {
  constexpr std::string_view kKey = "\"hex\": \"";
  for (std::size_t at = json.find(kKey); at != std::string_view::npos; at = json.find(kKey, at)) {
    at += kKey.size();
    const auto bytes = anju::base::from_hex(json.substr(at, json.find('"', at) - at));
    if (!bytes || (!corpus.empty() && !write(corpus, *bytes))) return false;
    feed_variants(*bytes);
  }
  return true;
}

bool feed_file(const std::filesystem::path& path, const std::filesystem::path& corpus, bool texts) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (texts) {
    const auto bytes = std::as_bytes(std::span(text));
    feed_variants(Bytes(bytes.begin(), bytes.end()));
    return true;
  }
  if (path.extension() == ".json") return feed_vectors(text, corpus);
  feed(std::as_bytes(std::span(text)));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  std::filesystem::path corpus;
  if (arguments.size() >= 2 && arguments[0] == "--write") {
    corpus = arguments[1];
    std::filesystem::create_directories(corpus);
    arguments.erase(arguments.begin(), arguments.begin() + 2);
  }
  const bool texts = !arguments.empty() && arguments[0] == "--texts";
  if (texts) arguments.erase(arguments.begin());
  for (const std::string& path : arguments) {
    if (!feed_file(path, corpus, texts)) {
      std::fprintf(stderr, "cannot read %s\n", path.c_str());
      return 1;
    }
  }
  std::printf("%d inputs replayed\n", fed);
  return fed > 0 ? 0 : 1;
}
