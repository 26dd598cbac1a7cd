import CSystem

/// The system's random generator: nobody can guess what it gives.
package enum SecureRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            precondition(
                csystem_random(room.baseAddress, count) == 0,
                "the system gives no random numbers")
            filled = count
        }
    }
}
