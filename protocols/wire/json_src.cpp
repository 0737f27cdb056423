// Boost.JSON is used without its shared library; this is the one file of the repository that compiles it.
#include <boost/json/src.hpp>
