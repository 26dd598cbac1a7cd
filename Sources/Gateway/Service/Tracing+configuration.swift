import Glibc
import Reactor
import Secrets
import Telemetry
import Tracing

extension SpanExporter {
    /// Nothing where no collector is configured.
    static func configured(
        _ configuration: Configuration, recorder: TracingRecorder, slot: Int, logger: Logger
    ) -> SpanExporter? {
        let traces = configuration.traces
        guard let collector = traces.collector else { return nil }
        var settings = ExportSettings(collector)
        settings.headers = traces.headers
        settings.userAgent = "marquee/\(Versions.marquee)"
        settings.queueSpans = traces.queueSpans
        settings.batchSpans = traces.batchSpans
        settings.delayMilliseconds = UInt64(traces.delayMilliseconds)
        settings.timeoutMilliseconds = UInt64(traces.timeoutMilliseconds)
        let document = SpanDocument(
            resource: traces.resourceAttributes(slot: slot), scope: "marquee",
            version: Versions.marquee)
        return SpanExporter(settings, as: document, recorder: recorder, logger: logger)
    }
}

extension Configuration.Traces {
    /// Semantic conventions for resources; what is configured does not replace what is known.
    fileprivate func resourceAttributes(slot: Int) -> [SpanAttribute] {
        let known = [
            SpanAttribute("service.name", serviceName),
            SpanAttribute("service.version", Versions.marquee),
            SpanAttribute("process.pid", Int(getpid())),
            SpanAttribute("marquee.worker", slot),
            SpanAttribute("telemetry.sdk.name", "marquee"),
            SpanAttribute("telemetry.sdk.language", "swift"),
            SpanAttribute("telemetry.sdk.version", Versions.marquee),
        ]
        let names = known.map(\.key)
        return known
            + resource.filter { !names.contains($0.name) }.map {
                SpanAttribute($0.name, $0.value)
            }
    }

    fileprivate var sampler: Sampler {
        switch sampling {
        case .parentAlways: Sampler(ratio: 1, followsParent: true)
        case .parentNever: Sampler(ratio: 0, followsParent: true)
        case .parentRatio: Sampler(ratio: ratio, followsParent: true)
        case .always: Sampler(ratio: 1, followsParent: false)
        case .never: Sampler(ratio: 0, followsParent: false)
        case .ratio: Sampler(ratio: ratio, followsParent: false)
        }
    }
}

extension TracerSettings {
    init(_ configuration: Configuration) {
        self.init()
        sampler = configuration.traces.sampler
        followed = configuration.traces.followed
        statementAttributes = [SpanAttribute("db.system.name", "postgresql")]
        if let database = configuration.database { statementAttributes += database.spanAttributes }
    }
}

extension DatabaseURL {
    /// Of the first host, if there are several.
    fileprivate var spanAttributes: [SpanAttribute] {
        guard let slashes = description.ranges(of: "://").first else { return [] }
        let location = description[slashes.upperBound...]
        let slash = location.firstIndex(of: "/") ?? location.endIndex
        var attributes: [SpanAttribute] = []
        let name = location[slash...].dropFirst()
        if !name.isEmpty { attributes.append(SpanAttribute("db.namespace", String(name))) }
        let authority = location[..<slash]
        let hosts = authority.lastIndex(of: "@").map { authority[$0...].dropFirst() } ?? authority
        let first = hosts.prefix { $0 != "," }
        let bracket = first.lastIndex(of: "]") ?? first.startIndex
        let colon = first[bracket...].lastIndex(of: ":")
        let host = first[..<(colon ?? first.endIndex)].filter { !"[]".contains($0) }
        if !host.isEmpty { attributes.append(SpanAttribute("server.address", host)) }
        if let colon, let port = Int(first[colon...].dropFirst()) {
            attributes.append(SpanAttribute("server.port", port))
        }
        return attributes
    }
}
