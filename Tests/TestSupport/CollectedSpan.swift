package import Bytes
package import JSON
import Reactor
import Telemetry
package import Tracing

/// A span as a collector was sent it.
package struct CollectedSpan: Sendable {
    package let json: JSONValue

    package func text(_ key: String) -> String {
        let text: String? = json[key]?.stringValue
        return text ?? "-"
    }

    package var name: String { text("name") }
    package var trace: String { text("traceId") }
    package var identifier: String { text("spanId") }
    /// Nothing is `-`.
    package var parent: String { text("parentSpanId") }
    package var kind: String {
        json["kind"].map { String(decoding: $0.text, as: UTF8.self) } ?? "-"
    }
    package var hasFailed: Bool { json["status"] != nil }

    /// The value of an attribute, whatever its type, as it is written.
    package subscript(key: String) -> String? {
        for attribute in json["attributes"].map({ Array($0.elements) }) ?? [] {
            let name: String? = attribute["key"]?.stringValue
            guard name == key, let value = attribute["value"] else { continue }
            for form in ["stringValue", "intValue"] {
                let text: String? = value[form]?.stringValue
                if let text { return text }
            }
            return String(decoding: value.text, as: UTF8.self)
        }
        return nil
    }
}

extension JSONValue {
    /// The spans of a document with one resource and one scope.
    package var spans: [JSONValue] {
        let resource = self["resourceSpans"].flatMap { Array($0.elements).first }
        let scope = resource?["scopeSpans"].flatMap { Array($0.elements).first }
        return scope?["spans"].map { Array($0.elements) } ?? []
    }
}

extension TestCollector {
    /// All spans so far.
    package var spans: [CollectedSpan] {
        exports.flatMap { export in
            let root = try? JSONDocument.parse(export.body).root
            return (root?.spans ?? []).map { CollectedSpan(json: $0) }
        }
    }

    /// All spans, once there are so many.
    package nonisolated func spans(_ count: Int) async throws -> [CollectedSpan] {
        try await eventually("\(count) spans") { self.spans.count >= count }
        return try await onLoop { self.spans }
    }

    /// Records what `ratio` says and callers at these addresses say, and sends it here at once.
    package func tracer(
        ratio: Double = 1, following followed: [AddressBlock] = AddressBlock.everyone
    ) -> Tracer {
        var export = ExportSettings(CollectorAddress(host: "127.0.0.1", port: port))
        (export.delayMilliseconds, export.firstPauseMilliseconds) = (1, 1)
        var settings = TracerSettings()
        settings.sampler = Sampler(ratio: ratio, followsParent: true)
        settings.followed = followed
        settings.statementAttributes = [
            SpanAttribute("db.system.name", "postgresql"), SpanAttribute("db.namespace", "films"),
        ]
        return Tracer(
            settings,
            exporter: SpanExporter(
                export, as: SpanDocument(resource: [], scope: "tests", version: "1"),
                logger: Logger(LogSettings(level: .error))))
    }
}

extension AddressBlock {
    package static let everyone = ["0.0.0.0/0", "::/0"].compactMap { AddressBlock($0.utf8) }
}
