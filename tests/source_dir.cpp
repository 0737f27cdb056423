#include "tests/source_dir.hpp"

namespace anju::test {

std::string source_dir() { return ANJU_SOURCE_DIR; }

}  // namespace anju::test
