#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

/// What was allocated while it was counted.
struct allocation_counts {
    /// How often memory was asked for; growing a block in place or elsewhere counts, too.
    size_t count;
    /// The most bytes that were held at one time, beyond those held at the beginning.
    size_t peak_bytes;
};

/// Begins to count the allocations of all threads, from zero.
void allocations_begin(void);

/// Ends counting and returns what was counted.
struct allocation_counts allocations_end(void);

#endif
