/// What PostgreSQL is told: safe, quiet, sized to the machine, and reached by its socket alone.
struct ClusterConfiguration {
    let socketFolder: String
    let connections: Int
    let memoryBytes: UInt64

    private var memoryMegabytes: UInt64 { memoryBytes >> 20 }

    /// The workers and whatever else runs here need memory as well.
    private var bufferMegabytes: UInt64 { min(max(memoryMegabytes / 8, 32), 1_024) }
    private var cacheMegabytes: UInt64 { max(memoryMegabytes / 2, 64) }
    private var maintenanceMegabytes: UInt64 { min(max(memoryMegabytes / 32, 16), 256) }

    var text: String {
        """
        # Written by Marquee at each start. What you want otherwise, set by ALTER SYSTEM.

        # Reached by
        listen_addresses = ''
        unix_socket_directories = '"\(socketFolder)"'
        unix_socket_permissions = 0700
        port = 5432
        max_connections = \(connections)

        # Memory
        shared_buffers = \(bufferMegabytes)MB
        effective_cache_size = \(cacheMegabytes)MB
        maintenance_work_mem = \(maintenanceMegabytes)MB
        work_mem = 8MB

        # Nothing that was confirmed is ever lost
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        wal_compression = on
        max_wal_size = 1GB

        # Many small statements
        jit = off
        max_parallel_workers_per_gather = 0
        random_page_cost = 1.1
        track_io_timing = on
        idle_in_transaction_session_timeout = 60s

        # Words
        timezone = 'UTC'
        lc_messages = 'C'
        default_text_search_config = 'pg_catalog.simple'

        # A file for each day of the week, begun anew when the day comes again
        logging_collector = on
        log_directory = '../log'
        log_filename = 'postgresql-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0
        log_timezone = 'UTC'
        log_checkpoints = off
        log_line_prefix = '%m [%p] %q%a '

        """
    }

    /// Whoever gets through the folder's rights to the socket may do everything.
    static let access = "local all all trust\n"
}
