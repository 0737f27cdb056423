#include <expat.h>
#include <minizip/unzip.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "platform/sheets/sheet_reader.hpp"

namespace anju::platform {
namespace {

constexpr std::int64_t kMostPart = 300LL * 1024 * 1024;     ///< of one file in the archive, unpacked
constexpr std::int64_t kFreeBytes = 10LL * 1024 * 1024;     ///< so much may come of however little
constexpr std::int64_t kMostRatio = 200;                    ///< unpacked to packed, beyond that
constexpr std::size_t kMostShared = 64 * 1024 * 1024;       ///< bytes of the texts that cells refer to, with what a text itself takes
constexpr std::size_t kChunk = 64 * 1024;
constexpr std::int64_t kMostRowNumber = 1'048'576;

struct CloseZip {
  void operator()(void* zip) const { unzClose(zip); }
};
using Zip = std::unique_ptr<void, CloseZip>;

/// Feeds one file of the archive to a parser, which ends it by answering false. Errors: broken (no such file, bad check sum), suspicious.
template <class Feed>
base::Result<> unpack(const Zip& zip, const std::string& name, std::int64_t packed, Feed&& feed) {
  if (unzLocateFile(zip.get(), name.c_str(), 2) != UNZ_OK || unzOpenCurrentFile(zip.get()) != UNZ_OK) return base::fail(ReadErrc::broken, name);
  std::vector<char> chunk(kChunk);
  std::int64_t total = 0;
  for (;;) {
    const int got = unzReadCurrentFile(zip.get(), chunk.data(), static_cast<unsigned>(chunk.size()));
    if (got < 0) {
      unzCloseCurrentFile(zip.get());
      return base::fail(ReadErrc::broken, name);
    }
    total += got;
    // What the directory of the archive says of sizes is the file's own word: only what really comes counts.
    if (total > kMostPart || (total > kFreeBytes && total > packed * kMostRatio)) {
      unzCloseCurrentFile(zip.get());
      return base::fail(ReadErrc::suspicious, name);
    }
    const bool go_on = feed(chunk.data(), got);
    if (got == 0 || !go_on) break;
  }
  if (unzCloseCurrentFile(zip.get()) == UNZ_CRCERROR) return base::fail(ReadErrc::broken, name);
  return {};
}

/// Expat with member functions. Documents with a DOCTYPE end it: no sheet has one, and entities are what attacks are made of.
class Xml {
 public:
  using Attributes = const XML_Char**;
  Xml() : parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(
        parser_, [](void* self, const XML_Char* name, Attributes attributes) { static_cast<Xml*>(self)->begin(local(name), attributes); },
        [](void* self, const XML_Char* name) { static_cast<Xml*>(self)->end(local(name)); });
    XML_SetCharacterDataHandler(parser_, [](void* self, const XML_Char* text, int size) {
      static_cast<Xml*>(self)->text(std::string_view(text, static_cast<std::size_t>(size)));
    });
    XML_SetStartDoctypeDeclHandler(parser_, [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
      static_cast<Xml*>(self)->refuse(ReadErrc::suspicious, "DOCTYPE");
    });
  }
  virtual ~Xml() { XML_ParserFree(parser_); }
  Xml(const Xml&) = delete;
  Xml& operator=(const Xml&) = delete;

  base::Result<> parse(const Zip& zip, const std::string& name, std::int64_t packed) {
    bool wrong = false;
    auto read = unpack(zip, name, packed, [&](const char* data, int size) {
      wrong = XML_Parse(parser_, data, size, size == 0) == XML_STATUS_ERROR;
      return !wrong;
    });
    if (error_) return *error_;
    if (ended_) return {};
    if (!read) return read;
    if (wrong) return base::fail(ReadErrc::broken, name);
    return {};
  }

 protected:
  virtual void begin(std::string_view name, Attributes attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view part) = 0;

  void refuse(ReadErrc errc, std::string where) {
    if (!error_) error_ = base::fail(errc, std::move(where));
    XML_StopParser(parser_, XML_FALSE);
  }
  void stop() {
    ended_ = true;
    XML_StopParser(parser_, XML_FALSE);
  }
  static std::string_view attribute(Attributes attributes, std::string_view wanted) {
    for (; *attributes != nullptr; attributes += 2)
      if (local(attributes[0]) == wanted) return attributes[1];
    return {};
  }

 private:
  /// Without its prefix: some programs write x:row.
  static std::string_view local(const XML_Char* name) {
    const std::string_view whole(name);
    return whole.substr(whole.rfind(':') + 1);
  }

  XML_Parser parser_;
  std::optional<base::Result<>> error_;  ///< why it was refused
  bool ended_ = false;
};

/// The id by which the workbook refers to its first sheet.
class FirstSheet : public Xml {
 public:
  std::string id;

 protected:
  void begin(std::string_view name, Attributes attributes) override {
    if (name == "sheet" && id.empty()) id = attribute(attributes, "id");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

/// Where the file of that id, and the shared texts, are.
class Relations : public Xml {
 public:
  explicit Relations(std::string id) : id_(std::move(id)) {}
  std::string sheet, shared;

 protected:
  void begin(std::string_view name, Attributes attributes) override {
    if (name != "Relationship") return;
    if (attribute(attributes, "Id") == id_) sheet = place(attribute(attributes, "Target"));
    if (attribute(attributes, "Type").ends_with("/sharedStrings")) shared = place(attribute(attributes, "Target"));
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

 private:
  static std::string place(std::string_view target) {
    return target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target);
  }
  std::string id_;
};

class SharedTexts : public Xml {
 public:
  std::vector<std::string> all;

 protected:
  void begin(std::string_view name, Attributes) override {
    if (name == "si") all.emplace_back();
    if (name == "rPh") phonetic_ = true;
    if (name == "t") inside_ = !phonetic_ && !all.empty();
  }
  void end(std::string_view name) override {
    if (name == "rPh") phonetic_ = false;
    if (name == "t") inside_ = false;
    if (name == "si" && (bytes_ += all.back().size() + sizeof(std::string)) > kMostShared) refuse(ReadErrc::too_large, "text");
  }
  void text(std::string_view part) override {
    if (!inside_) return;
    all.back() += part;
    if (all.back().size() > kMostCellBytes) refuse(ReadErrc::too_large, "text");
  }

 private:
  bool inside_ = false, phonetic_ = false;
  std::size_t bytes_ = 0;
};

/// A number as a person typed it: the file has the nearest double, so 0.3 may stand there as 0.30000000000000004.
std::string typed(const std::string& number) {
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (end != number.c_str() + number.size() || number.empty()) return number;
  const bool plain = number.size() <= 15 && number.find_first_of("eE") == std::string::npos;
  if (plain) return number;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.15g", value);
  if (std::string_view(text.data()).find('e') == std::string_view::npos) return text.data();
  std::snprintf(text.data(), text.size(), value < 1 && value > -1 ? "%.9f" : "%.0f", value < 1e18 && value > -1e18 ? value : 1e18);
  return text.data();
}

class Rows : public Xml {
 public:
  Rows(const std::vector<std::string>& shared, const SheetReader::Each& each) : shared_(shared), each_(each) {}

 protected:
  void begin(std::string_view name, Attributes attributes) override {
    if (name == "row") {
      const std::int64_t given = number_of(attribute(attributes, "r"));
      number_ = given > 0 ? given : number_ + 1;
      if (number_ > kMostRowNumber) refuse(ReadErrc::broken, "row");
      cells_.clear();
      column_ = 0;
    } else if (name == "c") {
      const std::string_view place = attribute(attributes, "r");
      if (!place.empty()) column_ = column_of(place);
      type_ = attribute(attributes, "t");
      value_.clear();
    } else if (name == "v" || name == "t") {
      inside_ = !phonetic_;
    } else if (name == "rPh") {
      phonetic_ = true;
    }
  }

  void end(std::string_view name) override {
    if (name == "v" || name == "t") inside_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name == "c") {
      put();
      ++column_;
    }
    if (name != "row") return;
    bool some = false;
    for (const std::string& cell : cells_) some = some || !cell.empty();
    if (some && !each_(number_, cells_)) stop();
  }

  void text(std::string_view part) override {
    if (!inside_) return;
    value_ += part;
    if (value_.size() > kMostCellBytes) refuse(ReadErrc::too_large, "text");
  }

 private:
  static std::int64_t number_of(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  /// "AB12" is 27.
  static std::size_t column_of(std::string_view place) {
    std::size_t column = 0;
    for (const char c : place) {
      if (c < 'A' || c > 'Z' || column > kMostSheetColumns) break;
      column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    return column == 0 ? 0 : column - 1;
  }

  void put() {
    if (value_.empty()) return;
    std::string text = value_;
    if (type_ == "s") {
      const std::int64_t at = number_of(value_);
      if (at < 0 || at >= static_cast<std::int64_t>(shared_.size())) return refuse(ReadErrc::broken, "shared text");
      text = shared_[static_cast<std::size_t>(at)];
    } else if (type_ == "b") {
      text = value_ == "1" ? "TRUE" : "FALSE";
    } else if (type_.empty() || type_ == "n") {
      text = typed(value_);
    }
    text = trimmed(text);
    if (text.empty()) return;
    if (column_ >= kMostSheetColumns) return refuse(ReadErrc::too_large, "columns");
    if (cells_.size() <= column_) cells_.resize(column_ + 1);
    cells_[column_] = std::move(text);
  }

  const std::vector<std::string>& shared_;
  const SheetReader::Each& each_;
  std::vector<std::string> cells_;
  std::string value_, type_;
  std::int64_t number_ = 0;
  std::size_t column_ = 0;
  bool inside_ = false, phonetic_ = false;
};

}  // namespace

base::Result<> read_xlsx(const std::string& path, const SheetReader::Each& each) {
  std::error_code failed;
  const auto packed = static_cast<std::int64_t>(std::filesystem::file_size(path, failed));
  if (failed) return base::fail(ReadErrc::not_readable, failed.message());
  const Zip zip(unzOpen64(path.c_str()));
  if (!zip) return base::fail(ReadErrc::broken, "zip");

  FirstSheet first;
  if (auto parsed = first.parse(zip, "xl/workbook.xml", packed); !parsed) return parsed;
  Relations relations(first.id);
  if (auto parsed = relations.parse(zip, "xl/_rels/workbook.xml.rels", packed); !parsed) return parsed;
  if (first.id.empty() || relations.sheet.empty()) return base::fail(ReadErrc::broken, "workbook");
  SharedTexts shared;
  if (!relations.shared.empty() && unzLocateFile(zip.get(), relations.shared.c_str(), 2) == UNZ_OK)
    if (auto parsed = shared.parse(zip, relations.shared, packed); !parsed) return parsed;
  Rows rows(shared.all, each);
  return rows.parse(zip, relations.sheet, packed);
}

}  // namespace anju::platform
