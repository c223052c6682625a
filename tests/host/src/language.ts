/** The language of the page: Grafana's own phrases stay English, since its packages bring no others; plugins bring theirs. */
import { DEFAULT_LANGUAGE, initPluginTranslations } from '@grafana/i18n';
import i18next from 'i18next';
import { settings } from './settings';

/** Those of the plugin, as its plugin.json names them. */
export interface Languages {
  languages?: string[];
}

export async function setLanguage(language: string): Promise<void> {
  await initPluginTranslations('grafana');
  // A language counts as known once there is a phrase of it.
  i18next.addResourceBundle(language, 'grafana', { language });
  await i18next.changeLanguage(language);
}

/** Loads the plugin's phrases as Grafana does before the plugin itself: one file of each language that it names. */
export async function loadPhrases({ languages = [] }: Languages, baseUrl: string): Promise<void> {
  const language = i18next.language;
  if (language === DEFAULT_LANGUAGE || !languages.includes(language)) {
    return;
  }
  const file = `${baseUrl}/locales/${language}/${settings.pluginId}.json`;
  const response = await fetch(file);
  if (!response.ok) {
    console.error(`${file} answers ${response.status}, though plugin.json names ${language}`);
    return;
  }
  i18next.addResourceBundle(language, settings.pluginId, await response.json());
}
