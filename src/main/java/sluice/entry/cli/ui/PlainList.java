package sluice.entry.cli.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** The datasources as a document without scripts, for browsers that run none. */
final class PlainList {

    private final ApiClient api;

    PlainList(ApiClient api) {
        this.api = api;
    }

    Reply reply() {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>Datasources – Sluice</title>"
                + "<link rel=\"stylesheet\" href=\"/assets/style.css\"><main><h1>Datasources</h1>");
        int status = 200;
        try {
            JsonNode datasources =
                    api.call(ApiCall.get(ApiCall.path("datasources"))).body().path("datasources");
            html.append(
                    "<table class=\"list\"><thead><tr><th scope=\"col\">Datasource<th scope=\"col\">Clusters"
                            + "<th scope=\"col\">Time chunk<th scope=\"col\">Freshness<th scope=\"col\">Definition</tr></thead><tbody>");
            datasources.forEach(datasource -> row(html, datasource));
            html.append("</tbody></table>");
        } catch (ApiException failed) {
            status = 502;
            html.append("<p>")
                    .append(escaped(String.valueOf(failed.getMessage())))
                    .append("</p>");
        }
        html.append("</main></html>");
        return Reply.of(status, "text/html; charset=utf-8", html.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void row(StringBuilder html, JsonNode datasource) {
        StringBuilder clusters = new StringBuilder();
        datasource.path("clusters").forEach(cluster -> clusters.append(clusters.isEmpty() ? "" : ", ")
                .append(cluster.asText()));
        html.append("<tr><th scope=\"row\">")
                .append(escaped(datasource.path("datasource").asText()));
        cell(html, clusters.toString());
        cell(html, datasource.path("segmentGranularity").asText());
        cell(html, datasource.path("freshness").asText("–"));
        cell(
                html,
                datasource.has("version")
                        ? "version " + datasource.path("version").asInt()
                        : "file");
        html.append("</tr>");
    }

    private static void cell(StringBuilder html, String text) {
        html.append("<td>").append(escaped(text));
    }

    /** Escapes a text for an element's content. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
