// The catalogue that the build compiled, under another name: mutation.cpp defines the one that all
// tests ask for.
#define catalogue_8_7_to_8_8 original_catalogue
#include "catalogue_8_7_to_8_8.cpp"
