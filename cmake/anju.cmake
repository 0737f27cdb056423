# How a folder becomes a library and a test folder a test. Folder = layer: a library's dependencies are the folders it may include,
# so a new edge is visible in a CMakeLists.txt; scripts/tidy.py checks the includes themselves.

add_library(anju_options INTERFACE)
target_include_directories(anju_options INTERFACE ${CMAKE_SOURCE_DIR})
# A warning ends the builds that are tested; who only wants to run Anju is not stopped by one of another optimiser or compiler.
# g++ 12 reports std::optional members as maybe-uninitialized, with sanitizers as well as with -O2.
target_compile_options(anju_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wno-maybe-uninitialized $<$<CONFIG:Debug>:-Werror>)
target_link_libraries(anju_options INTERFACE Threads::Threads)

option(ANJU_SANITIZE "comma separated sanitizers for everything, e.g. address,undefined" "")
if(ANJU_SANITIZE)
  target_compile_options(anju_options INTERFACE -fsanitize=${ANJU_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(anju_options INTERFACE -fsanitize=${ANJU_SANITIZE})
endif()

find_program(ANJU_MOLD mold)
if(ANJU_MOLD)
  target_link_options(anju_options INTERFACE -fuse-ld=mold)
endif()
find_program(ANJU_CCACHE ccache)
if(ANJU_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ANJU_CCACHE})
endif()

# anju_library(NAME FOLDER DEPS...): every *.cpp below FOLDER; a folder of headers only becomes an interface library.
function(anju_library name folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC anju_options ${ARGN})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE anju_options ${ARGN})
  endif()
endfunction()

# anju_virtual_time(LIBRARY...): what the scenarios run for virtual days. With sanitizers and without optimisation that is most of a test run.
function(anju_virtual_time)
  if(ANJU_SANITIZE)
    foreach(library ${ARGN})
      target_compile_options(${library} PRIVATE -O1)
    endforeach()
  endif()
endfunction()

# anju_program(NAME FOLDER DEPS...): one of the three programs, in bin/.
function(anju_program name folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  if(sources)
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE anju_options ${ARGN})
    set_property(GLOBAL APPEND PROPERTY ANJU_PROGRAMS ${name})
  endif()
endfunction()

# anju_tests(NAME FOLDER DEPS...): every *_test.cpp below tests/FOLDER in one doctest program, one ctest. ARGN may hold libraries only.
function(anju_tests name folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*_test.cpp)
  if(sources)
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE anju_test_main ${ARGN})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 600)
  endif()
endfunction()
